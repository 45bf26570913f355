/** What became of one planned thing. */
export type Effect = "created" | "updated" | "unchanged";

export type Tally = Readonly<Record<Effect, number>>;

export function tally(effects: readonly Effect[]): Tally {
	const count = (wanted: Effect) => effects.filter((effect) => effect === wanted).length;
	return { created: count("created"), updated: count("updated"), unchanged: count("unchanged") };
}
