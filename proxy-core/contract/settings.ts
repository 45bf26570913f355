import * as z from "zod";
import { firewallSettings } from "./firewall-settings.ts";
import "./meta.ts";
import { privacySettingsSchema } from "./privacy-settings.ts";
import { threatsSettings, trajectorySettings } from "./threat-settings.ts";

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
			keyTokensPerMinute: z.int().min(0).max(1_000_000_000).default(0).meta({
				title: "Tokens per key",
				description: "Input and output of each key in a minute. 0 means no limit.",
				unit: "tokens/min",
			}),
			keyParallelRequests: z.int().min(0).max(1_000_000).default(0).meta({
				title: "Requests at once per key",
				description: "Each key may have this many requests under way. 0 means no limit.",
				unit: "requests",
			}),
			failedSignInsPerMinute: z.int().min(1).max(10_000).default(20).meta({
				title: "Refused credentials per IP address",
				description: "After this many wrong keys or passwords in a minute, an address has to wait.",
				unit: "attempts/min",
			}),
			// Room for the 25 MiB of sound that OpenAI takes, and for the form around it.
			bodyBytesMax: z.int().min(1024).max(268_435_456).default(27_262_976).meta({
				title: "Largest request body",
				description: "Bodies above this are refused with 413 before they are read to the end.",
				unit: "bytes",
			}),
			textBytesMax: z.int().min(0).max(268_435_456).default(524_288).meta({
				title: "Most text in a request",
				description:
					"All texts of a request together; images, sound and files do not count. Teams can have a limit of their own. 0 means no limit.",
				unit: "bytes",
			}),
			messagesMax: z.int().min(0).max(1_000_000).default(50).meta({
				title: "Most messages in a conversation",
				description:
					"Longer conversations are refused and not counted as attacks. Agents may need several hundred; teams can have a limit of their own. 0 means no limit.",
				unit: "messages",
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
	routing: z
		.strictObject({
			retries: z.int().min(0).max(10).default(1).meta({
				title: "Retries",
				description:
					"Further tries of the same target after passing trouble, before the next one is tried. Routes can have their own number.",
			}),
			backoffBaseMs: z.int().min(10).max(60_000).default(250).meta({
				title: "First pause",
				description: "Before the first retry; doubles with each, and varies at random.",
				unit: "ms",
			}),
			backoffMaxMs: z.int().min(10).max(300_000).default(8000).meta({
				title: "Longest pause",
				description:
					"A provider that asks for a longer pause (Retry-After) is not tried again for this request.",
				unit: "ms",
			}),
			cooldownMs: z.int().min(0).max(300_000).default(5000).meta({
				title: "Cool-down",
				description:
					"A target that limits the rate without saying for how long is taken last for this time.",
				unit: "ms",
			}),
			failuresToOpen: z.int().min(0).max(1000).default(5).meta({
				title: "Failures before opening",
				description:
					"So many failures in a row take a target out of service (open its circuit). 0 means never.",
			}),
			openMs: z.int().min(100).max(3_600_000).default(30_000).meta({
				title: "Out of service for",
				description: "Then a few requests find out whether the target works again.",
				unit: "ms",
			}),
			halfOpenProbes: z.int().min(1).max(100).default(2).meta({
				title: "Probes at once",
				description: "Requests that may be under way to a target while that is being found out.",
			}),
			healthCheckSeconds: z.int().min(0).max(86_400).default(0).meta({
				title: "Health checks",
				description:
					"Each node asks every provider in use for its list of models so often. 0 means never.",
				unit: "s",
			}),
		})
		.prefault({})
		.meta({ title: "Routing" }),
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
	cache: z
		.strictObject({
			mode: z.enum(["off", "on-request", "on"]).default("on-request").meta({
				title: "Answers from memory",
				description:
					"Off, only for requests that ask for it (Cache-Control: max-age, x-llmproxy-cache: true), or for every request that does not refuse it.",
			}),
			ttlSeconds: z.int().min(1).max(2_592_000).default(3600).meta({
				title: "Kept for",
				description: "The longest time; a request may ask for less.",
				unit: "s",
			}),
			sharedBy: z.enum(["key", "team", "organisation"]).default("team").meta({
				title: "Shared by",
				description:
					"Who may get an answer that somebody else caused. Keys without a team share with nobody.",
			}),
			semantic: z
				.strictObject({
					isOn: z.boolean().default(false).meta({
						title: "Similar questions",
						description:
							"Answer a question from memory when one that means the same was answered, with everything around it equal. Each question then costs an embedding.",
					}),
					model: z.string().max(200).default("").meta({
						title: "Embedding model",
						description: "As `provider/model`; it must have a price.",
					}),
					threshold: z.number().min(0.5).max(1).default(0.95).meta({
						title: "Similar enough",
						description: "Cosine of the two questions, from 0.5 to 1.",
					}),
				})
				.prefault({})
				.meta({ title: "Semantic cache" }),
			megabytesMax: z.int().min(1).max(65_536).default(64).meta({
				title: "Memory",
				description: "The least recently used answers make room. Read at the start of a process.",
				unit: "MB",
			}),
		})
		.prefault({})
		.meta({ title: "Cache" }),
	budgets: z
		.strictObject({
			assumedOutputTokens: z.int().min(1).max(1_000_000).default(4096).meta({
				title: "Assumed answer",
				description:
					"Output tokens that are set aside for a request that names no limit of its own, or the model's maximum when that is less.",
				unit: "tokens",
			}),
			capAnswers: z.boolean().default(true).meta({
				title: "Hold answers to it",
				description:
					"Tell the provider that limit where a budget counts, so that the budget cannot be overspent.",
			}),
			leaseSeconds: z.int().min(20).max(3600).default(60).meta({
				title: "Share of a silent node",
				description:
					"What a node has set aside of a budget is given to the others after it was not heard of for this long.",
				unit: "s",
			}),
		})
		.prefault({})
		.meta({ title: "Budgets" }),
	signatures: z
		.strictObject({
			mode: z.enum(["off", "on-request", "always"]).default("on-request").meta({
				title: "Sign answers",
				description:
					"With Ed25519, so that anybody can prove later what was answered: never, for requests that ask for it (x-llmproxy-sign: true), or always.",
			}),
		})
		.prefault({})
		.meta({ title: "Signatures" }),
	recording: z
		.strictObject({
			isOn: z.boolean().default(false).meta({
				title: "Keep requests",
				description:
					"Keep what callers sent, encrypted, so that a changed policy can be tried on it. Off: no text of any request is stored.",
			}),
			entriesMax: z.int().min(1).max(100_000).default(1000).meta({
				title: "At most",
				description: "The oldest make room.",
				unit: "requests",
			}),
			hoursMax: z.int().min(1).max(8760).default(72).meta({
				title: "Not longer than",
				unit: "h",
			}),
		})
		.prefault({})
		.meta({ title: "Recording" }),
	privacy: privacySettingsSchema.meta({ title: "Privacy" }),
	threats: threatsSettings,
	shield: z.strictObject({ trajectory: trajectorySettings }).prefault({}).meta({ title: "Shield" }),
	firewall: firewallSettings,
	/** Per guard id; each guard owns the schema of its part. */
	guards: z.record(z.string(), z.looseObject({})).default({}),
});

export type Settings = z.infer<typeof settingsSchema>;

/** The settings of an installation where nobody changed anything. */
export const defaultSettings: Settings = settingsSchema.parse({});
