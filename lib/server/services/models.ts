import type { Model } from "../../contracts/system.ts";
import { runtime } from "../runtime.ts";

export const modelsService = {
	list: async () => {
		const { targets, priceVersion } = runtime().snapshot();
		const items = [...targets.values()].map(
			({ id, providerId, providerTitle, model, price }): Model => ({
				id,
				provider: providerId,
				providerTitle,
				model,
				price:
					price === undefined
						? null
						: {
								inputMicroUsd: price.inputMicroUsd,
								outputMicroUsd: price.outputMicroUsd,
								cachedInputMicroUsd: price.cachedInputMicroUsd ?? null,
							},
			}),
		);
		return { items, priceVersion };
	},
};
