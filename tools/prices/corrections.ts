import * as z from "zod";
import { modelSchema } from "../../proxy-core/pricing/price-data.ts";
import type { Entry } from "./catalogue-entry.ts";

const kindSchema = z.strictObject({
	/** Where the vendor prints its prices. */
	sources: z.array(z.string()).min(1),
	notes: z.array(z.string()).default([]),
	models: z.record(z.string(), modelSchema).default({}),
});
const correctionsSchema = z.strictObject({ kinds: z.record(z.string(), kindSchema) });

export interface Corrections {
	readonly kinds: Readonly<Record<string, z.infer<typeof kindSchema>>>;
	readonly entries: readonly Entry[];
}

/** Every kind of the catalogue with its pages, and the facts that were looked up by hand. */
export function readCorrections(json: unknown): Corrections {
	const { kinds } = correctionsSchema.parse(json);
	const entries = Object.entries(kinds).flatMap(([kind, { models }]) =>
		Object.entries(models).map(([model, facts]) => ({ kind, model, ...facts }) as Entry),
	);
	return { kinds, entries };
}
