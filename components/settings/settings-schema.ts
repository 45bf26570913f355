import * as z from "zod";

const objectSchema = z.looseObject({ properties: z.record(z.string(), z.unknown()) });
const partSchema = z.looseObject({
	type: z.string().optional(),
	properties: z.unknown().optional(),
});

/**
 * Without the top-level parts that say nothing about what is in them: a box of raw JSON is no form.
 * Their values stay in the settings as they are.
 */
export function withoutOpaqueParts(schema: unknown): unknown {
	const parsed = objectSchema.safeParse(schema);
	if (!parsed.success) return schema;
	const properties = Object.entries(parsed.data.properties).filter(([, part]) => {
		const { type, properties: inner } = partSchema.safeParse(part).data ?? {};
		return type !== "object" || inner !== undefined;
	});
	return { ...parsed.data, properties: Object.fromEntries(properties) };
}
