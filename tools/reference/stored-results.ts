import * as z from "zod";

const measuredOn = { when: z.iso.datetime() };

/** What `npm run bench` leaves in `bench/results/latest.json`, as far as pages show it. */
export const benchSchema = z.object({
	...measuredOn,
	isQuick: z.boolean(),
	machine: z.object({
		processors: z.int(),
		model: z.string(),
		node: z.string(),
		loadBefore: z.number(),
	}),
	cells: z.array(
		z.object({
			scenario: z.string(),
			contestant: z.string(),
			requestsPerSecond: z.number(),
			/** Null: nothing was answered. */
			p50: z.number().nullable(),
			p95: z.number().nullable(),
			p99: z.number().nullable(),
			cpuSecondsPer1000: z.number().nullable(),
			failures: z.record(z.string(), z.int()),
		}),
	),
	peakMb: z.record(z.string(), z.number()),
	goals: z.array(
		z.object({
			name: z.string(),
			wanted: z.string(),
			got: z.string(),
			/** Null: could not be measured. */
			isMet: z.boolean().nullable(),
		}),
	),
});
export type BenchResults = z.infer<typeof benchSchema>;

/** What `npm run bench:security` leaves in `bench/results/security.json`. */
export const securitySchema = z.object({
	...measuredOn,
	machine: z.object({ model: z.string(), node: z.string() }),
	/** By kind and size of text such as `prose, 1 KB`, then by layer. */
	microseconds: z.record(z.string(), z.record(z.string(), z.number())),
	/** By kind of text, in a body of 512 KB. */
	longestHoldMs: z.record(z.string(), z.number()),
});

/** What `npm run bench:console` leaves in `bench/results/console.json`, as far as pages show it. */
export const consoleSchema = z.object({
	...measuredOn,
	rows: z.int(),
	limitMs: z.number(),
	rowsPerSecond: z.number(),
	calls: z.array(
		z.object({ page: z.string(), what: z.string(), p50Ms: z.number(), p95Ms: z.number() }),
	),
});

/** What stands in the place of results that were never made. */
export function missing(script: string): string {
	return `No results are stored with this version; \`npm run ${script}\` makes them.`;
}
