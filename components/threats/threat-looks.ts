import type { ThreatSeries } from "../../lib/contracts/threats.ts";
import { threatEffects, threatLayers } from "../../lib/contracts/threats.ts";
import type { Series } from "../../lib/format/chart-points.ts";
import { categoryWords, effectWords, layerWords, wordFor } from "../../lib/format/threat-words.ts";
import { severities, threatCategories } from "../../proxy-core/contract/threats.ts";

/** How the ground of a series is drawn, so that colour does not speak alone. */
export const hatches = ["plain", "rising", "falling", "dots", "level", "crossed"] as const;
export type Hatch = (typeof hatches)[number];

export interface HatchedSeries extends Series {
	readonly hatch: Hatch;
}

/** Red is what was blocked and nothing else, wherever the scale is not severity itself. */
const colors = [
	"var(--accent)",
	"var(--mask)",
	"var(--ok)",
	"var(--alert)",
	"var(--note)",
	"var(--caution)",
] as const;

const fixed: Readonly<Record<string, string>> = {
	low: "var(--note)",
	medium: "var(--caution)",
	high: "var(--alert)",
	critical: "var(--danger)",
	block: "var(--danger)",
	redact: "var(--mask)",
	flag: "var(--caution)",
	"would-block": "var(--alert)",
	"would-redact": "var(--note)",
};

const orders: Readonly<Record<ThreatSeries, readonly string[]>> = {
	layer: threatLayers,
	category: threatCategories,
	severity: severities,
	action: threatEffects,
};

const severityWords = { low: "Low", medium: "Medium", high: "High", critical: "Critical" } as const;

export const seriesWords: Readonly<Record<ThreatSeries, Readonly<Record<string, string>>>> = {
	layer: layerWords,
	category: categoryWords,
	severity: severityWords,
	action: effectWords,
};

/**
 * What the chart stacks, from the foot up. A layer or category looks the same in every range: its place
 * in the whole list decides, not what happens to be there.
 */
export function looksOf(by: ThreatSeries, ids: readonly string[]): readonly HatchedSeries[] {
	const order = orders[by];
	const known = order.filter((id) => ids.includes(id));
	const unknown = ids.filter((id) => !order.includes(id));
	return [...known, ...unknown].map((id) => {
		const place = Math.max(0, order.indexOf(id));
		return {
			id,
			label: wordFor(seriesWords[by], id).toLowerCase(),
			color: fixed[id] ?? colors[place % colors.length] ?? "var(--idle)",
			hatch: hatches[(place + Math.floor(place / colors.length)) % hatches.length] ?? "plain",
		};
	});
}
