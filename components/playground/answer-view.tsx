"use client";

import { Brain, ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Notice } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { Answer } from "./answer.ts";
import { isRunning } from "./answer.ts";
import { AnswerFactsRow } from "./answer-facts.tsx";

interface AnswerViewProps {
	readonly answer: Answer;
	/** The calls that the model wants made; they follow its words. */
	readonly children?: ReactNode;
}

/** What the model said, as it comes, and what the gateway knows about it. */
export function AnswerView({ answer, children }: AnswerViewProps) {
	return (
		<div className="flex min-w-0 flex-col gap-3">
			{answer.reasoning !== "" && <Reasoning answer={answer} />}
			{answer.text !== "" && (
				<div className="whitespace-pre-wrap break-words text-ink">{answer.text}</div>
			)}
			{answer.refusal !== "" && (
				<Notice severity="medium">The model declined: {answer.refusal}</Notice>
			)}
			{children}
			{answer.state.kind === "waiting" && (
				<div role="status">
					<span className="sr-only">Waiting for the model</span>
					<Skeleton className="w-3/5" />
				</div>
			)}
			<EndNote answer={answer} />
			<AnswerFactsRow answer={answer} />
		</div>
	);
}

function Reasoning({ answer }: { readonly answer: Answer }) {
	const isThinking = isRunning(answer) && answer.text === "";
	return (
		<details className="group rounded-md border border-line">
			<summary className="flex cursor-pointer list-none items-center gap-2 px-3 py-2 text-muted text-sm">
				<ChevronRight
					aria-hidden="true"
					className="size-4 shrink-0 transition-transform group-open:rotate-90"
				/>
				<Brain aria-hidden="true" className="size-4 shrink-0" />
				{isThinking ? "Reasoning …" : "Reasoning"}
			</summary>
			<div className="whitespace-pre-wrap break-words border-line border-t px-3 py-2 text-muted text-sm">
				{answer.reasoning}
			</div>
		</details>
	);
}

/** Why the answer ended, where that is not simply because it was complete. */
function EndNote({ answer }: { readonly answer: Answer }) {
	const { state, finishReason } = answer;
	if (state.kind === "failed") {
		const { message, code, requestId } = state.problem;
		return (
			<div role="alert">
				<Notice severity="critical">
					<p>{message}</p>
					<p className="break-all font-mono text-xs">
						{code}
						{requestId !== undefined && (
							<>
								{" · "}
								<Link
									href={`/requests/${encodeURIComponent(requestId)}`}
									className="underline underline-offset-2"
								>
									{requestId}
								</Link>
							</>
						)}
					</p>
				</Notice>
			</div>
		);
	}
	if (state.kind === "stopped") {
		return <p className="text-muted text-sm">Stopped by you. What had come is accounted for.</p>;
	}
	if (finishReason === "length") {
		return <Notice severity="low">Cut off: the limit of tokens was reached.</Notice>;
	}
	if (finishReason === "content_filter") {
		return <Notice severity="medium">Cut off by a filter or a guard.</Notice>;
	}
	if (state.kind === "done" && answer.text === "" && answer.toolCalls.length === 0) {
		return answer.refusal === "" ? <p className="text-muted">The answer is empty.</p> : undefined;
	}
	return undefined;
}
