import { moderationModel } from "./moderations.ts";

/** What the guards say about one input. */
export interface Moderation {
	readonly isFlagged: boolean;
	/** By guard, 0 to 1; those that found nothing have 0. */
	readonly scores: ReadonlyMap<string, number>;
}

/**
 * OpenAI's categories. Callers read them by name, so they are all there; no classifier of this gateway
 * looks for them, so none is ever true. What guards find stands under `llmproxy/<guard>`.
 */
const openaiCategories = [
	"harassment",
	"harassment/threatening",
	"hate",
	"hate/threatening",
	"illicit",
	"illicit/violent",
	"self-harm",
	"self-harm/instructions",
	"self-harm/intent",
	"sexual",
	"sexual/minors",
	"violence",
	"violence/graphic",
] as const;

export function encodeModeration(moderations: readonly Moderation[], requestId: string): string {
	return JSON.stringify({
		id: `modr-${requestId}`,
		model: moderationModel,
		results: moderations.map(resultOf),
	});
}

function resultOf({ isFlagged, scores }: Moderation): object {
	const ours = [...scores].map(([guard, score]) => [`llmproxy/${guard}`, score] as const);
	const all = [...openaiCategories.map((name) => [name, 0] as const), ...ours];
	return {
		flagged: isFlagged,
		categories: Object.fromEntries(all.map(([name, score]) => [name, score > 0])),
		category_scores: Object.fromEntries(all),
		category_applied_input_types: Object.fromEntries([
			...openaiCategories.map((name) => [name, []] as const),
			...ours.map(([name]) => [name, ["text"]] as const),
		]),
	};
}
