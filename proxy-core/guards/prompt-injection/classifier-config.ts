import * as z from "zod";

/** How the heavy classifier is asked, where one is configured; without one nothing here has an effect. */
export const classifierConfig = z
	.strictObject({
		ask: z.enum(["grey", "all", "never"]).default("grey").meta({
			title: "Asked about",
			description:
				"Texts in the grey zone; all texts of users, tools and tool descriptions that were not scored before; or nothing.",
		}),
		blockAt: z.number().min(0.05).max(1).default(0.9).meta({
			title: "Certain from",
			description: "Score of the heavy classifier from which a text is refused.",
		}),
		flagAt: z.number().min(0.05).max(1).default(0.5).meta({
			title: "Suspicious from",
			description: "Score of the heavy classifier from which a text is in the grey zone.",
		}),
		harmlessBelow: z.number().min(0).max(1).default(0).meta({
			title: "Harmless below",
			description:
				"A text in the grey zone with a lower score is let through unrecorded. 0: the heavy classifier clears nothing.",
		}),
		charsMax: z.int().min(500).max(200_000).default(16_000).meta({
			title: "Most text of one",
			description:
				"Of a longer text, only so much around the place that the built-in detector suspects most is scored.",
			unit: "characters",
		}),
		timeoutMs: z.int().min(10).max(30_000).default(500).meta({
			title: "Time limit",
			description:
				"For all texts of a request. Afterwards it has failed, and the guard's fail policy decides. The guard's own time limit must be longer than this and the judge's together.",
			unit: "ms",
		}),
	})
	.prefault({})
	.meta({
		title: "Heavy classifier",
		description: "A model of this machine, asked before the judge (LLMPROXY_CLASSIFIER_MODEL).",
	});
export type ClassifierConfig = z.infer<typeof classifierConfig>;
