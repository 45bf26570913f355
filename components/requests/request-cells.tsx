import type { RequestSummary } from "../../lib/contracts/requests.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { truncateMiddle } from "../../lib/format/truncate.ts";
import { Money } from "../ui/money.tsx";
import { ActionBadge, OutcomeBadge } from "../ui/outcome-badge.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { FilterCell } from "./filter-cell.tsx";
import type { PickFilter } from "./request-filters.ts";
import { errorTitle, isFromCache, servedElsewhere } from "./request-words.ts";

interface CellProps {
	readonly request: RequestSummary;
}

const longestModel = 34;

/** Blocked says that it was refused too; everything else that a guard did is said beside the outcome. */
export function OutcomeCell({ request: { outcome, action } }: CellProps) {
	return (
		<span className="flex flex-wrap items-center gap-1">
			{(action !== "block" || outcome !== "refused") && <OutcomeBadge outcome={outcome} />}
			{action !== "allow" && <ActionBadge action={action} />}
		</span>
	);
}

/** What was asked for, and below it what answered when that is something else. */
export function ModelCell({ request, pick }: CellProps & { readonly pick: PickFilter }) {
	const { requestedModel } = request;
	const served = servedElsewhere(request);
	if (requestedModel === null && served === null) return <None />;
	const asked = requestedModel ?? "";
	return (
		<span className="flex flex-col items-start">
			{requestedModel !== null && (
				<FilterCell only={`requests for ${asked}`} onPick={() => pick("model", asked)}>
					<span className="whitespace-nowrap">{truncateMiddle(asked, longestModel)}</span>
				</FilterCell>
			)}
			{served !== null && (
				<span className="whitespace-nowrap text-muted text-xs">
					<span aria-hidden="true">→ </span>
					<span className="sr-only">served by </span>
					{truncateMiddle(served, longestModel)}
				</span>
			)}
		</span>
	);
}

export function CallerCell({ request, pick }: CellProps & { readonly pick: PickFilter }) {
	const { key, user } = request;
	if (key !== null) {
		const name = key.name ?? key.id;
		return (
			<FilterCell only={`requests of ${name}`} onPick={() => pick("keyId", key.id)}>
				<span className="whitespace-nowrap">{truncateMiddle(name, 20)}</span>
			</FilterCell>
		);
	}
	if (user === null) return <span className="text-faint">no valid key</span>;
	return (
		<span>
			{truncateMiddle(user.name ?? user.id, 24)}{" "}
			<span className="text-muted text-xs">in the Playground</span>
		</span>
	);
}

export function TokensCell({ request }: CellProps) {
	const { inputTokens, outputTokens, isEstimated } = request;
	if (inputTokens === null && outputTokens === null) return <None />;
	const text = `${countText(inputTokens)} / ${countText(outputTokens)}`;
	return isEstimated ? (
		<Estimated text={text} />
	) : (
		<span className="whitespace-nowrap">{text}</span>
	);
}

/** Nothing spent because of a cache is something else than nothing known. */
export function CostCell({ request }: CellProps) {
	const { costMicroUsd, isUnpriced } = request;
	const money = <Money microUsd={costMicroUsd} isUnpriced={isUnpriced} />;
	if (!isFromCache(request)) return money;
	return (
		<span className="whitespace-nowrap">
			{money} <span className="text-muted text-xs">cached</span>
		</span>
	);
}

interface CountCellProps {
	readonly count: number | null;
	readonly isEstimated: boolean;
}

export function CountCell({ count, isEstimated }: CountCellProps) {
	if (count === null) return <None />;
	return isEstimated ? <Estimated text={formatCount(count)} /> : formatCount(count);
}

function Estimated({ text }: { readonly text: string }) {
	return (
		<Tooltip content="The provider gave no usage, so the tokens were estimated from the text.">
			<span className="whitespace-nowrap">
				<span aria-hidden="true">≈ </span>
				<span className="sr-only">estimated </span>
				{text}
			</span>
		</Tooltip>
	);
}

/** The status that the caller saw, and the code when something went wrong; its meaning on hover. */
export function StatusCell({ request }: CellProps) {
	const { status, errorCode } = request;
	if (errorCode === null) return <span>{status}</span>;
	return (
		<Tooltip content={errorTitle(errorCode) ?? errorCode}>
			<span className="whitespace-nowrap">
				{status} <span className="text-muted text-xs">{errorCode}</span>
			</span>
		</Tooltip>
	);
}

export function IpCell({ ip, pick }: { readonly ip: string; readonly pick: PickFilter }) {
	return (
		<FilterCell only={`requests from ${ip}`} onPick={() => pick("ip", ip)}>
			<span className="whitespace-nowrap">{truncateMiddle(ip, 24)}</span>
		</FilterCell>
	);
}

function None() {
	return <span className="text-faint">–</span>;
}

function countText(tokens: number | null): string {
	return tokens === null ? "–" : formatCount(tokens);
}
