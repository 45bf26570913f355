import type { RequestDetail } from "../../lib/contracts/requests.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { Money } from "../ui/money.tsx";
import type { Fact } from "./fact-list.tsx";
import { FactList } from "./fact-list.tsx";

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
		{
			label: "Cost",
			value: <Money microUsd={request.costMicroUsd} isUnpriced={request.isUnpriced} />,
		},
		{ label: "Price list", value: request.priceVersion },
	];
}

/** Providers that do not tell a part leave it out; zero is a number they told. */
function part(label: string, count: number | null): readonly Fact[] {
	return count === null ? [] : [{ label, value: tokens(count), isPart: true }];
}

function tokens(count: number | null): string | null {
	return count === null ? null : formatCount(count);
}
