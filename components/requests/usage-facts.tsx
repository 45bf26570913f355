import type { RequestDetail } from "../../lib/contracts/requests.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { Money } from "../ui/money.tsx";
import type { Fact } from "./fact-list.tsx";
import { FactList } from "./fact-list.tsx";
import { isFromCache, unitTitle } from "./request-words.ts";

export function UsageFacts({ request }: { readonly request: RequestDetail }) {
	if (request.inputTokens === null && request.outputTokens === null) {
		return <p className="text-muted">No model answered, so no usage was recorded.</p>;
	}
	return (
		<>
			<FactList facts={usageFacts(request)} />
			{request.isEstimated && (
				<p className="mt-3 text-muted text-sm">
					The provider gave no usage, so the tokens were estimated from the text.
				</p>
			)}
		</>
	);
}

function usageFacts(request: RequestDetail): readonly Fact[] {
	return [
		{ label: "Tokens in", value: tokens(request.inputTokens) },
		...part("from the cache", request.cachedTokens),
		...part("written to the cache", request.cacheWriteTokens),
		{ label: "Tokens out", value: tokens(request.outputTokens) },
		...part("for reasoning", request.reasoningTokens),
		...Object.entries(request.units).map(([name, count]) => ({
			label: unitTitle(name),
			value: formatCount(count),
			isPart: name.endsWith("Tokens"),
		})),
		{ label: "Cost", value: <Cost request={request} /> },
		{ label: "Price list", value: request.priceVersion },
	];
}

/** An answer that cost nothing because it came from the cache is said to. */
function Cost({ request }: { readonly request: RequestDetail }) {
	const money = <Money microUsd={request.costMicroUsd} isUnpriced={request.isUnpriced} />;
	if (request.costMicroUsd !== 0 || !isFromCache(request)) return money;
	return (
		<>
			{money} <span className="text-muted">from the cache</span>
		</>
	);
}

/** Providers that do not tell a part leave it out; zero is a number they told. */
function part(label: string, count: number | null): readonly Fact[] {
	return count === null ? [] : [{ label, value: tokens(count), isPart: true }];
}

function tokens(count: number | null): string | null {
	return count === null ? null : formatCount(count);
}
