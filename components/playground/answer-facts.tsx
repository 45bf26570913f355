import Link from "next/link";
import type { ReactNode } from "react";
import { formatMoney } from "../../lib/format/money.ts";
import { formatCount, formatDuration } from "../../lib/format/numbers.ts";
import { truncateMiddle } from "../../lib/format/truncate.ts";
import type { Answer } from "./answer.ts";
import { isRunning } from "./answer.ts";
import { microUsdOf } from "./model-price.ts";

/** What the gateway measured about one answer. */
export function AnswerFactsRow({ answer }: { readonly answer: Answer }) {
	const { facts, usage } = answer;
	if (facts.requestId === undefined) return undefined;
	return (
		<dl className="flex flex-wrap items-baseline gap-x-5 gap-y-1 border-line border-t pt-2 text-xs">
			<Fact label="Request">
				<Link
					href={`/requests/${encodeURIComponent(facts.requestId)}`}
					title={facts.requestId}
					className="font-mono text-accent-ink underline underline-offset-2"
				>
					{truncateMiddle(facts.requestId, 14)}
				</Link>
			</Fact>
			{facts.provider !== undefined && facts.model !== undefined && (
				<Fact label="Served by">
					<span className="break-all font-mono">
						{facts.provider}/{facts.model}
					</span>
				</Fact>
			)}
			{usage !== undefined && (
				<Fact label="Tokens">
					{formatCount(usage.inputTokens)} in
					{usage.cachedTokens ? ` (${formatCount(usage.cachedTokens)} cached)` : ""},{" "}
					{formatCount(usage.outputTokens)} out
					{usage.reasoningTokens ? ` (${formatCount(usage.reasoningTokens)} reasoning)` : ""}
				</Fact>
			)}
			<CostFact answer={answer} />
			{facts.firstTextMs !== undefined && (
				<Fact label="First text">{formatDuration(facts.firstTextMs)}</Fact>
			)}
			{facts.durationMs !== undefined && (
				<Fact label="Total">{formatDuration(facts.durationMs)}</Fact>
			)}
			{facts.overheadMs !== undefined && !isRunning(answer) && (
				<Fact label="Gateway">{formatDuration(facts.overheadMs)}</Fact>
			)}
		</dl>
	);
}

function CostFact({ answer }: { readonly answer: Answer }) {
	const { costUsd } = answer.facts;
	if (costUsd === undefined) return undefined;
	const microUsd = microUsdOf(costUsd);
	return (
		<Fact label="Cost">
			{microUsd === undefined ? (
				<span className="text-caution-ink">unknown, no price</span>
			) : (
				formatMoney(microUsd)
			)}
		</Fact>
	);
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
	return (
		<div className="flex gap-1.5">
			<dt className="text-faint">{label}</dt>
			<dd className="text-ink">{children}</dd>
		</div>
	);
}
