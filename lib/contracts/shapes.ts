import * as z from "zod";

/** For endpoints without a body or a query. */
export const nothing = z.strictObject({});

export const timeRanges = ["15m", "1h", "24h", "7d", "30d"] as const;
export type TimeRange = (typeof timeRanges)[number];

/** A preset that ends now, or two instants. */
export const rangeQuery = z.strictObject({
	range: z.enum(timeRanges).default("24h"),
	from: z.iso.datetime().optional(),
	to: z.iso.datetime().optional(),
});

/** A page of a list ordered newest first. `nextCursor` null: this was the last. */
export function page<Item extends z.ZodType>(item: Item) {
	return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const instant = z.iso.datetime();

/** The body of every error of the admin API. */
export const problem = z.object({
	error: z.object({
		message: z.string(),
		type: z.string(),
		param: z.string().nullable(),
		code: z.string(),
		request_id: z.string(),
		/** Every field at fault, for forms. */
		issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
	}),
});
export type Problem = z.infer<typeof problem>;
