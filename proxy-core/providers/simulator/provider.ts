import * as z from "zod";
import "../../contract/meta.ts";
import { defineProvider } from "../define-provider.ts";
import { openaiConnector } from "../openai-compatible/openai-compatible.ts";
import { everyOperation } from "../openai-compatible/operations.ts";
import { answer, failure, simulatedModels } from "./answer.ts";

/** Answers inside this process, offline and without cost, so that everything works before a key is there. */
export const provider = defineProvider({
	id: "simulator",
	title: "Simulator",
	settings: z.strictObject({
		latencyMs: z.number().min(0).max(600_000).default(0).meta({
			title: "Latency",
			description: "Time before the first byte of every answer.",
			unit: "ms",
		}),
		tokensPerSecond: z.number().min(0).max(1_000_000).default(0).meta({
			title: "Speed",
			description: "Rate at which text is produced. 0 means as fast as possible.",
			unit: "tokens/s",
		}),
		errorRate: z
			.number()
			.min(0)
			.max(1)
			.default(0)
			.meta({
				title: "Error rate",
				description:
					"Share of requests that fail with 503, spread evenly: 0.25 fails every fourth.",
				ui: { control: "slider", step: 0.05 },
			}),
	}),
	suggestedModels: simulatedModels,
	connect: (settings) => {
		const connector = openaiConnector({
			baseUrl: "http://simulator.invalid",
			headers: {},
			secret: undefined,
			chatPath: () => "/chat/completions",
			modelsPath: "/models",
			operations: { offered: everyOperation },
		});
		let requests = 0;
		return {
			...connector,
			answerLocally: async (request, signal) => {
				const isChat = request.method === "POST";
				const before = Math.floor(requests * settings.errorRate);
				if (isChat) requests += 1;
				const response = await answer(request, { pace: settings, signal });
				if (isChat && Math.floor(requests * settings.errorRate) > before)
					return failure(503, "The simulator failed on purpose (error rate).", {
						type: "server_error",
						code: "simulated_failure",
					});
				return response;
			},
		};
	},
});
