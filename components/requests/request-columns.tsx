import type { RequestSummary } from "../../lib/contracts/requests.ts";
import { formatDuration } from "../../lib/format/numbers.ts";
import type { Column } from "../ui/data-table/column.ts";
import { MiddleTruncate } from "../ui/middle-truncate.tsx";
import { Time } from "../ui/time.tsx";
import {
	CallerCell,
	CostCell,
	CountCell,
	IpCell,
	ModelCell,
	OutcomeCell,
	StatusCell,
	TokensCell,
} from "./request-cells.tsx";
import type { PickFilter } from "./request-filters.ts";
import { gatewayMs, servedModel } from "./request-words.ts";

/** `pick` narrows the list to a value that was pressed. */
export function requestColumns(pick: PickFilter): readonly Column<RequestSummary>[] {
	return [
		{
			id: "time",
			header: "Time",
			cell: ({ receivedAt }) => <Time at={receivedAt} />,
			sortBy: ({ receivedAt }) => receivedAt,
			isPrimary: true,
		},
		{
			id: "outcome",
			header: "Outcome",
			cell: (request) => <OutcomeCell request={request} />,
			sortBy: ({ outcome, action }) => (action === "allow" ? outcome : `${outcome}, ${action}`),
		},
		{
			id: "model",
			header: "Model",
			cell: (request) => <ModelCell request={request} pick={pick} />,
			sortBy: (request) => request.requestedModel ?? servedModel(request),
		},
		{
			id: "caller",
			header: "Key or user",
			cell: (request) => <CallerCell request={request} pick={pick} />,
			sortBy: ({ key, user }) => key?.name ?? key?.id ?? user?.name ?? user?.id ?? null,
		},
		{
			// Exported and sorted by its two halves, further down.
			id: "tokens",
			header: "Tokens in / out",
			align: "right",
			cell: (request) => <TokensCell request={request} />,
		},
		{
			id: "cost",
			header: "Cost",
			align: "right",
			cell: (request) => <CostCell request={request} />,
			sortBy: ({ costMicroUsd }) => costMicroUsd,
			// In dollars, as the page shows it.
			exportAs: ({ costMicroUsd }) => (costMicroUsd === null ? null : costMicroUsd / 1_000_000),
		},
		...durationColumns,
		{
			id: "status",
			header: "Status",
			cell: (request) => <StatusCell request={request} />,
			sortBy: ({ status }) => status,
			exportAs: ({ status, errorCode }) =>
				errorCode === null ? status : `${String(status)} ${errorCode}`,
		},
		{
			id: "ip",
			header: "IP address",
			cell: ({ ip }) => <IpCell ip={ip} pick={pick} />,
			sortBy: ({ ip }) => ip,
		},
		tokenColumn("tokens-in", "Tokens in", ({ inputTokens }) => inputTokens),
		tokenColumn("tokens-out", "Tokens out", ({ outputTokens }) => outputTokens),
		{
			id: "id",
			header: "Request id",
			cell: ({ id }) => <MiddleTruncate text={id} max={18} />,
			sortBy: ({ id }) => id,
			isHiddenByDefault: true,
		},
	];
}

const durationColumns: readonly Column<RequestSummary>[] = [
	durationColumn("duration", "Duration", ({ durationMs }) => durationMs),
	durationColumn("overhead", "Overhead", gatewayMs),
	{
		...durationColumn("first-byte", "First byte", ({ firstByteMs }) => firstByteMs),
		isHiddenByDefault: true,
	},
];

function durationColumn(
	id: string,
	header: string,
	measure: (request: RequestSummary) => number | null,
): Column<RequestSummary> {
	return {
		id,
		header,
		align: "right",
		sortBy: measure,
		cell: (request) => {
			const value = measure(request);
			if (value === null) return <span className="text-faint">–</span>;
			return <span className="whitespace-nowrap">{formatDuration(value)}</span>;
		},
	};
}

function tokenColumn(
	id: string,
	header: string,
	measure: (request: RequestSummary) => number | null,
): Column<RequestSummary> {
	return {
		id,
		header,
		align: "right",
		sortBy: measure,
		isHiddenByDefault: true,
		cell: (request) => <CountCell count={measure(request)} isEstimated={request.isEstimated} />,
	};
}
