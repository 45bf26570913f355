import type { Egress } from "../egress/egress.ts";
import type { Received } from "../pipeline/context.ts";
import { costMicroUsd } from "../pricing/cost.ts";
import { estimateTokens } from "../text/estimate-tokens.ts";
import { embedText } from "../upstream/embed-text.ts";
import type { Recollection } from "./recollection.ts";
import { createSemanticIndex, unit } from "./semantic-index.ts";

/** What looking for a similar question found, and what it cost to look. */
export interface SemanticLook {
	/** Key of the answer to the most similar question; undefined when none is similar enough. */
	readonly key: string | undefined;
	/** For people: how similar. */
	readonly cosine: number | undefined;
	readonly costMicroUsd: number;
	/** To be called when this request's own answer is kept. */
	readonly index: () => void;
}

/** Finds answers to questions that mean the same. Never throws: what goes wrong is a miss. */
export interface SemanticMemory {
	/** Undefined: switched off, or the question could not be embedded; the trace says why. */
	readonly look: (
		context: Readonly<Received>,
		recollection: Recollection,
	) => Promise<SemanticLook | undefined>;
}

export function createSemanticMemory(egress: Pick<Egress, "dispatcher">): SemanticMemory {
	const index = createSemanticIndex();
	return {
		look: async ({ snapshot, exchange, trace }, { key, question }) => {
			const settings = snapshot.settings.cache.semantic;
			if (question === undefined || !settings.isOn) return undefined;
			const target = snapshot.targets.get(settings.model);
			// A call whose cost nobody knows would be free by accident.
			if (target?.price === undefined) {
				trace.note(`No similar answers: ${settings.model} is not offered or has no price`);
				return undefined;
			}
			try {
				const { vector, usage } = await embedText({
					target,
					text: question.text,
					egress,
					signal: exchange.incoming.signal,
					waited: trace.waited,
				});
				const direction = unit(vector);
				if (direction === undefined) return undefined;
				// Vectors of different models do not compare.
				const partition = `${target.id}\n${question.partition}`;
				const { threshold } = settings;
				const nearest = index.nearest({ partition, vector: direction, threshold });
				const used = usage ?? estimated(question.text);
				return {
					key: nearest?.key,
					cosine: nearest?.cosine,
					costMicroUsd: costMicroUsd(used, target.price) ?? 0,
					index: () => index.add(partition, { vector: direction, key }),
				};
			} catch {
				trace.note(`No similar answers: ${target.id} did not embed the question`);
				return undefined;
			}
		},
	};
}

function estimated(text: string) {
	return { inputTokens: estimateTokens(text), outputTokens: 0, estimated: true };
}
