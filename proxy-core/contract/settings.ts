import * as z from "zod";
import "./meta.ts";

/**
 * What operators edit while the gateway runs. One field here gives the type, the validation,
 * the console form and the reference page. Every default is what a fresh installation uses.
 */
export const settingsSchema = z.strictObject({
	limits: z
		.strictObject({
			keyRequestsPerMinute: z.int().min(0).max(10_000_000).default(600).meta({
				title: "Requests per key",
				description:
					"Each key may send this many requests a minute unless it has a limit of its own. 0 means no limit.",
				unit: "requests/min",
			}),
			ipRequestsPerMinute: z.int().min(0).max(10_000_000).default(3000).meta({
				title: "Requests per IP address",
				description: "All keys together, seen from one address. 0 means no limit.",
				unit: "requests/min",
			}),
			failedSignInsPerMinute: z.int().min(1).max(10_000).default(20).meta({
				title: "Refused credentials per IP address",
				description: "After this many wrong keys or passwords in a minute, an address has to wait.",
				unit: "attempts/min",
			}),
			bodyBytesMax: z.int().min(1024).max(268_435_456).default(20_971_520).meta({
				title: "Largest request body",
				description: "Bodies above this are refused with 413 before they are read to the end.",
				unit: "bytes",
			}),
		})
		.prefault({})
		.meta({ title: "Limits" }),
	timeouts: z
		.strictObject({
			connectMs: z.int().min(100).max(120_000).default(10_000).meta({
				title: "Connect",
				description: "Time to open a connection to a provider.",
				unit: "ms",
			}),
			firstByteMs: z.int().min(100).max(1_800_000).default(120_000).meta({
				title: "First byte",
				description: "Time from sending a request to the first byte of the answer.",
				unit: "ms",
			}),
			idleMs: z
				.int()
				.min(100)
				.max(1_800_000)
				.default(120_000)
				.meta({ title: "Silence", description: "Longest pause inside an answer.", unit: "ms" }),
			totalMs: z.int().min(1000).max(7_200_000).default(1_200_000).meta({
				title: "Whole answer",
				description: "Time for the whole answer, streams too.",
				unit: "ms",
			}),
		})
		.prefault({})
		.meta({ title: "Timeouts" }),
	killSwitch: z
		.strictObject({
			engaged: z.boolean().default(false),
			reason: z.string().max(500).default(""),
			by: z.string().default(""),
			since: z.iso.datetime().nullable().default(null),
		})
		.prefault({})
		.meta({ title: "Kill switch" }),
	prices: z
		.strictObject({
			unpriced: z.enum(["warn", "refuse"]).default("warn").meta({
				title: "Models without a price",
				description: "Warn in the console and record the cost as unknown, or refuse the request.",
			}),
		})
		.prefault({})
		.meta({ title: "Prices" }),
	/** Per guard id; each guard owns the schema of its part. */
	guards: z.record(z.string(), z.looseObject({})).default({}),
});

export type Settings = z.infer<typeof settingsSchema>;

/** The settings of an installation where nobody changed anything. */
export const defaultSettings: Settings = settingsSchema.parse({});
