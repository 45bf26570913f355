import type { RequestDetail } from "../../lib/contracts/requests.ts";
import { formatBytes, formatCount, formatDuration } from "../../lib/format/numbers.ts";
import { Money } from "../ui/money.tsx";
import type { Fact } from "./fact-list.tsx";
import { gatewayMs } from "./request-words.ts";

/** The numbers of a request at a glance. */
export function RequestMeasures({ request }: { readonly request: RequestDetail }) {
	return (
		<dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-4 xl:grid-cols-8">
			{measuresOf(request).map(({ label, value }) => (
				<div key={label} className="bg-surface px-4 py-2.5">
					<dt className="text-muted text-xs">{label}</dt>
					<dd className="mt-0.5 font-semibold text-ink text-lg">{value}</dd>
				</div>
			))}
		</dl>
	);
}

function measuresOf(request: RequestDetail): readonly Fact[] {
	const { outcome, firstByteMs, inputTokens, outputTokens, isEstimated } = request;
	const tokens = (count: number | null) =>
		count === null ? "–" : `${isEstimated ? "≈ " : ""}${formatCount(count)}`;
	return [
		{ label: "Duration", value: formatDuration(request.durationMs) },
		{ label: "In the gateway", value: formatDuration(gatewayMs(request)) },
		{ label: "First byte after", value: firstByteMs === null ? "–" : formatDuration(firstByteMs) },
		{ label: "Tokens in", value: tokens(inputTokens) },
		{ label: "Tokens out", value: tokens(outputTokens) },
		{
			label: "Cost",
			value: <Money microUsd={request.costMicroUsd} isUnpriced={request.isUnpriced} />,
		},
		{ label: "Request size", value: formatBytes(request.requestBytes) },
		{
			label: "Answer size",
			value: outcome === "answered" ? formatBytes(request.responseBytes) : "–",
		},
	];
}
