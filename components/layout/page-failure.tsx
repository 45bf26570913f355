"use client";

import { RotateCw } from "lucide-react";
import { Button } from "../ui/button.tsx";

interface PageFailureProps {
	/** `digest` names the entry in the server's log. */
	readonly error: Error & { readonly digest?: string };
	readonly onRetry: () => void;
}

/** In place of a page that could not be rendered. */
export function PageFailure({ error, onRetry }: PageFailureProps) {
	return (
		<div
			role="alert"
			className="flex min-h-[50vh] flex-col items-center justify-center gap-4 px-6 text-center"
		>
			<div>
				<h1 className="font-semibold text-ink text-xl">This page could not be shown</h1>
				<p className="mt-1 max-w-lg text-muted">
					{error.digest === undefined
						? error.message
						: `The server’s log has the details under digest ${error.digest}.`}
				</p>
			</div>
			<Button onClick={onRetry}>
				<RotateCw aria-hidden="true" />
				Try again
			</Button>
		</div>
	);
}
