import type { ReactNode } from "react";
import type { Traits } from "../../lib/contracts/prices.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { DrawerSection } from "./drawer-section.tsx";
import { CapabilitiesCell } from "./model-cells.tsx";
import { purposeWords } from "./trait-words.ts";

/** What the catalogue knows; a fact that no source names is left out. */
export function ModelFacts({ traits }: { readonly traits: Traits | null }) {
	if (traits === null) {
		return (
			<DrawerSection title="What it can do">
				<p className="text-muted">The catalogue does not describe this model.</p>
			</DrawerSection>
		);
	}
	const { contextTokens, outputTokensMax, inputs, outputs, capabilities, retiresOn } = traits;
	const facts: readonly { readonly label: string; readonly value: ReactNode }[] = [
		{ label: "For", value: purposeWords[traits.purpose] },
		{ label: "Context window", value: contextTokens === undefined ? null : tokens(contextTokens) },
		{
			label: "Longest answer",
			value: outputTokensMax === undefined ? null : tokens(outputTokensMax),
		},
		{ label: "Takes", value: inputs === undefined ? null : inputs.join(", ") },
		{ label: "Gives", value: outputs === undefined ? null : outputs.join(", ") },
		{
			label: "Can",
			value: capabilities.length === 0 ? null : <CapabilitiesCell traits={traits} />,
		},
		{ label: "Retires on", value: retiresOn ?? null },
	];
	return (
		<DrawerSection title="What it can do">
			<dl className="grid grid-cols-[minmax(8rem,auto)_1fr] gap-x-4 gap-y-1.5">
				{facts.map(({ label, value }) =>
					value === null ? undefined : (
						<div key={label} className="col-span-2 grid grid-cols-subgrid">
							<dt className="text-muted">{label}</dt>
							<dd className="min-w-0 text-ink">{value}</dd>
						</div>
					),
				)}
			</dl>
		</DrawerSection>
	);
}

function tokens(count: number): string {
	return `${formatCount(count)} tokens`;
}
