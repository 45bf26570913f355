"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import { describeProblem } from "../../lib/client/problem.ts";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";

interface ErrorStateProps {
	readonly error: unknown;
	readonly onRetry?: () => void;
}

export function ErrorState({ error, onRetry }: ErrorStateProps) {
	const { message, code, requestId } = describeProblem(error);
	const details = [`code: ${code}`, `message: ${message}`];
	if (requestId !== undefined) details.push(`request: ${requestId}`);
	return (
		<div role="alert" className="flex flex-col items-center gap-3 px-6 py-10 text-center">
			<TriangleAlert aria-hidden="true" className="size-7 text-danger" strokeWidth={1.5} />
			<div className="max-w-md">
				<p className="font-medium text-ink">This could not be loaded.</p>
				<p className="mt-1 text-muted">{message}</p>
				<p className="mt-1 break-all font-mono text-faint text-xs">
					{requestId === undefined ? code : `${code} · ${requestId}`}
				</p>
			</div>
			<div className="flex gap-2">
				{onRetry !== undefined && (
					<Button size="small" onClick={onRetry}>
						<RotateCw aria-hidden="true" />
						Try again
					</Button>
				)}
				<CopyButton text={details.join("\n")} label="Copy details" isTextShown />
			</div>
		</div>
	);
}
