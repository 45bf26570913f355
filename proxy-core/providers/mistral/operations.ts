import type { OpenaiWire } from "../openai-compatible/openai-compatible.ts";

/** Embeddings name their length otherwise than OpenAI's; sound is transcribed by Voxtral. */
export const operations: NonNullable<OpenaiWire["operations"]> = {
	offered: ["embeddings", "audio.transcriptions"],
	adapt: (operation, { json }) =>
		operation === "embeddings" && json["dimensions"] !== undefined
			? [
					{ path: ["dimensions"], value: undefined },
					{ path: ["output_dimension"], value: json["dimensions"] },
				]
			: [],
};
