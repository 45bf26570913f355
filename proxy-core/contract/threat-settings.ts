import * as z from "zod";
import "./meta.ts";

/** Whom scores and bans are about. `user`: an owner of keys, a console user, or an end user as applications name them. */
export const actorKinds = ["ip", "key", "user", "session", "fingerprint"] as const;
export type ActorKind = (typeof actorKinds)[number];

/** What a score leads to, mildest first. */
export const threatLevels = ["watch", "slow-down", "challenge", "ban"] as const;
export type ThreatLevel = (typeof threatLevels)[number];

/** Where points come from. */
export const pointLayers = [
	"firewall",
	"shield",
	"trajectory",
	"privacy",
	"secrets",
	"answer",
	"credentials",
	"limits",
	"sign-in",
	"edge",
] as const;
export type PointLayer = (typeof pointLayers)[number];

const weight = z.number().min(0).max(100);
const points = z.number().min(0.1).max(100_000);
const level = z.enum(threatLevels);

const thresholds = z
	.strictObject({
		watch: points.default(4).meta({ title: "Watch", description: "Shown on the watch list." }),
		slowDown: points.default(8).meta({ title: "Slow down" }),
		challenge: points.default(14).meta({ title: "Challenge" }),
		ban: points.default(20).meta({ title: "Ban" }),
	})
	.refine(
		({ watch, slowDown, challenge, ban }) =>
			watch <= slowDown && slowDown <= challenge && challenge <= ban,
		"Each threshold must be at least as high as the one before it",
	);

const reach = (initial: ThreatLevel, title: string) => level.default(initial).meta({ title });

/** Scores of actors and what is done about them; see `proxy-core/threat-ledger`. */
export const threatsSettings = z
	.strictObject({
		mode: z.enum(["off", "monitor", "enforce"]).default("enforce").meta({
			title: "Actors",
			description:
				"Score who attacks, and act on it; or only say what would have been done. Bans by hand hold in every mode.",
		}),
		halfLifeSeconds: z.int().min(10).max(604_800).default(600).meta({
			title: "Half-life",
			description: "After this time without events half of a score is forgotten.",
			unit: "s",
		}),
		thresholds: thresholds.prefault({}).meta({
			title: "Thresholds",
			description: "In points. One request adds at most four.",
		}),
		reach: z
			.strictObject({
				ip: reach("ban", "Addresses"),
				// A key stands for an application with everybody behind it.
				key: reach("watch", "Keys and their owners"),
				user: reach("ban", "End users"),
				session: reach("ban", "Sessions"),
				// Everybody with the same client program has the same one.
				fingerprint: reach("watch", "TLS fingerprints"),
			})
			.prefault({})
			.meta({
				title: "Furthest step",
				description:
					"What is done by itself at most, by kind of actor. People may always ban by hand.",
			}),
		weights: z
			.strictObject({
				firewall: weight.default(1).meta({ title: "Firewall" }),
				shield: weight.default(1).meta({ title: "Shield" }),
				trajectory: weight.default(1).meta({ title: "Trajectory" }),
				privacy: weight.default(0.25).meta({ title: "Personal data" }),
				secrets: weight.default(0.5).meta({ title: "Secrets" }),
				answer: weight.default(0.25).meta({ title: "Answers" }),
				credentials: weight.default(0.5).meta({ title: "Refused keys" }),
				limits: weight.default(0.1).meta({
					title: "Rate limits",
					description: "They alone lead to slowing down and no further.",
				}),
				signIn: weight.default(0.5).meta({ title: "Failed sign-ins" }),
				edge: weight.default(1).meta({ title: "The edge's own score" }),
			})
			.prefault({})
			.meta({
				title: "Weights",
				description: "A blocked finding counts 0.5 (low), 1, 2 or 4 points (critical) times this.",
			}),
		flaggedShare: z.number().min(0).max(1).default(0.25).meta({
			title: "Share of flagged findings",
			description: "Of what they would count, had they been blocked.",
		}),
		monitoredShare: z.number().min(0).max(1).default(0).meta({
			title: "Share of monitored findings",
			description: "Of what they would count, were their rule enforced.",
		}),
		allowance: z.number().min(0).max(10).default(0.05).meta({
			title: "Allowance",
			description:
				"Points that each request takes off a score, so that rare false alarms of a busy caller never add up.",
		}),
		slowDown: z
			.strictObject({
				delayMsMax: z.int().min(0).max(30_000).default(2000).meta({
					title: "Longest delay",
					unit: "ms",
				}),
				requestsPerMinute: z.int().min(1).max(100_000).default(30).meta({
					title: "Tighter rate",
					unit: "requests/min",
				}),
			})
			.prefault({})
			.meta({ title: "Slowing down" }),
		challenge: z
			.strictObject({
				difficultyBits: z.int().min(1).max(28).default(18).meta({
					title: "Difficulty",
					description: "Leading zero bits of the proof; each doubles the work.",
					unit: "bits",
				}),
				validSeconds: z.int().min(10).max(86_400).default(300).meta({
					title: "Good for",
					description: "How long a proof opens the door.",
					unit: "s",
				}),
			})
			.prefault({})
			.meta({ title: "Challenge" }),
		ban: z
			.strictObject({
				seconds: z.int().min(1).max(31_536_000).default(900).meta({
					title: "First ban",
					description: "Doubles with each further ban of the same actor.",
					unit: "s",
				}),
				secondsMax: z.int().min(1).max(31_536_000).default(86_400).meta({
					title: "Longest ban",
					unit: "s",
				}),
			})
			.prefault({})
			.meta({ title: "Bans" }),
		allow: z
			.strictObject({
				addresses: z
					.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
					.max(1000)
					// Behind a proxy that nobody declared, everybody has the address of this machine.
					.default(["127.0.0.0/8", "::1"])
					.meta({
						title: "Addresses",
						description: "Never scored, slowed or banned. Trusted proxies are on it anyway.",
						ui: { control: "list" },
					}),
				keyIds: z
					.array(z.string().trim().min(1).max(200))
					.max(1000)
					.default([])
					.meta({ title: "Keys", ui: { control: "list" } }),
			})
			.prefault({})
			.meta({ title: "Allow-list" }),
		retention: z
			.strictObject({
				eventsDays: z.int().min(1).max(3650).default(90).meta({
					title: "Events",
					description:
						"Threat events, and the sums that name addresses, keys, end users and the like.",
					unit: "days",
				}),
				eventsMax: z.int().min(10_000).max(1_000_000_000).default(5_000_000).meta({
					title: "Most events",
					description: "A flood may bring more than that earlier; the oldest make room.",
					unit: "events",
				}),
				sumsDays: z.int().min(1).max(3650).default(400).meta({
					title: "Sums",
					description: "Of events by rule, layer and severity; they name nobody.",
					unit: "days",
				}),
				incidentsDays: z.int().min(1).max(3650).default(365).meta({
					title: "Incidents",
					description:
						"With their notes and false-alarm marks, counted from the last event or change.",
					unit: "days",
				}),
				actionsDays: z.int().min(1).max(3650).default(365).meta({
					title: "Bans and actions",
					description: "What was done about actors, and bans that are over.",
					unit: "days",
				}),
			})
			.prefault({})
			.meta({
				title: "Kept for",
				description: "What is older is deleted; one node at a time looks every ten minutes.",
			}),
	})
	.prefault({})
	.meta({ title: "Threats" });
export type ThreatsSettings = z.output<typeof threatsSettings>;

const turnPoints = z.number().min(0.1).max(100);

/** Escalation over the turns of a conversation; see `proxy-core/shield/trajectory`. */
export const trajectorySettings = z
	.strictObject({
		mode: z.enum(["off", "monitor", "enforce"]).default("enforce").meta({
			title: "Conversations",
			description: "Judge what a conversation is leading up to, beside each of its messages.",
		}),
		flagAt: turnPoints.default(1).meta({ title: "Suspicious from" }),
		blockAt: turnPoints.default(1.5).meta({
			title: "Blocked from",
			description: "A single message counts 1 at most, so above 1 it takes several.",
		}),
		riskFloor: z.number().min(0).max(0.9).default(0.2).meta({
			title: "Harmless up to",
			description: "Messages with less risk count nothing, and are never refused for earlier ones.",
		}),
		halfLifeTurns: z.number().min(0.25).max(50).default(2).meta({
			title: "Half-life in turns",
			description: "After so many harmless turns half of the score is forgotten.",
			unit: "turns",
		}),
		halfLifeSeconds: z.int().min(10).max(604_800).default(1800).meta({
			title: "Half-life in time",
			unit: "s",
		}),
	})
	.refine(({ flagAt, blockAt }) => flagAt <= blockAt, {
		path: ["blockAt"],
		message: "Must be at least as high as the score from which it is suspicious",
	})
	.prefault({})
	.meta({ title: "Trajectory" });
export type TrajectorySettings = z.output<typeof trajectorySettings>;
