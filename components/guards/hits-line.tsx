import type { GuardInfo } from "../../lib/contracts/guards.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { phaseWords } from "./guard-words.ts";
import { FoundCell } from "./hits-cells.tsx";

/** What a guard looks at, and what came of it lately. */
export function HitsLine({ guard }: { readonly guard: GuardInfo }) {
	const { hits, holdBackMax } = guard;
	const facts = [
		{ label: "Looks at", value: phaseWords(guard) },
		{
			label: "Found, 24 h",
			value: <FoundCell guard={guard.id} of={guard.title} count={hits.found} />,
		},
		{ label: "Enforced, 24 h", value: formatCount(hits.enforced) },
		{ label: "Would have, 24 h", value: formatCount(hits.wouldHave) },
		{ label: "False alarms, 24 h", value: formatCount(hits.falseAlarms) },
		...(holdBackMax === 0
			? []
			: [{ label: "Holds back in streams", value: `≤ ${formatCount(holdBackMax)} characters` }]),
	];
	return (
		<dl className="flex flex-wrap gap-x-8 gap-y-3">
			{facts.map(({ label, value }) => (
				<div key={label}>
					<dt className="text-faint text-xs">{label}</dt>
					<dd className="text-ink">{value}</dd>
				</div>
			))}
		</dl>
	);
}
