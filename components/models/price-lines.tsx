import type { ModelPrice } from "../../lib/contracts/prices.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { DrawerSection } from "./drawer-section.tsx";
import type { RateLine } from "./price-words.ts";
import { linesOf, longLinesOf } from "./price-words.ts";

export function PriceLines({ price }: { readonly price: ModelPrice }) {
	return (
		<DrawerSection title="Price">
			<Lines lines={linesOf(price)} />
			{price.longContext !== undefined && (
				<>
					<p className="mt-2 text-muted text-sm">
						Above {formatCount(price.longContext.aboveInputTokens)} input tokens, for the whole
						request:
					</p>
					<Lines lines={longLinesOf(price)} />
				</>
			)}
		</DrawerSection>
	);
}

function Lines({ lines }: { readonly lines: readonly RateLine[] }) {
	return (
		<dl className="divide-y divide-line rounded-md border border-line">
			{lines.map(({ id, label, text }) => (
				<div key={id} className="flex flex-wrap justify-between gap-x-4 px-3 py-1.5">
					<dt className="text-muted">{label}</dt>
					<dd className="text-ink">{text}</dd>
				</div>
			))}
		</dl>
	);
}
