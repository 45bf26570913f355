import type { RequestDetail } from "../../lib/contracts/requests.ts";
import type { Fact } from "./fact-list.tsx";
import { FilterLink } from "./filter-link.tsx";
import { cacheWords, errorTitle, servedModel } from "./request-words.ts";

export function whatFacts(request: RequestDetail): readonly Fact[] {
	const { requestedModel, errorCode, isStreaming } = request;
	const facts: Fact[] = [
		{ label: "Endpoint", value: <code className="font-mono text-sm">{request.endpoint}</code> },
		{
			label: "Asked for",
			value: requestedModel && <FilterLink name="model" value={requestedModel} />,
		},
		...(request.route === null
			? []
			: [{ label: "Route", value: <FilterLink name="route" value={request.route} /> }]),
		{ label: "Served by", value: servedModel(request) },
		...(request.cache === null ? [] : [{ label: "Cache", value: cacheWords[request.cache] }]),
		{ label: "Answer", value: isStreaming ? "Streamed" : "In one piece" },
		{ label: "Status", value: String(request.status) },
	];
	if (errorCode !== null) {
		facts.push({ label: "Error", value: `${errorTitle(errorCode) ?? ""} (${errorCode})`.trim() });
	}
	facts.push({ label: "Node", value: request.node });
	return facts;
}
