import { setTimeout as sleep } from "node:timers/promises";
import type { ThreatsSettings } from "../contract/threat-settings.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { GuardServices } from "../guards/guard-services.ts";
import type { TokenBuckets } from "../limits/token-bucket.ts";
import { createTokenBuckets } from "../limits/token-bucket.ts";
import type { Identified, Parsed, Received, Watched } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import type { GatewayPorts } from "../ports.ts";
import { actorsOfHead, actorsOfLabels } from "../threat-ledger/actors.ts";
import { readEdgeFacts } from "../threat-ledger/edge-facts.ts";
import type { ProofOfWork } from "../threat-ledger/proof-of-work.ts";
import { challengeHeader, createProofOfWork } from "../threat-ledger/proof-of-work.ts";
import { labelsOfBody, labelsOfHeaders } from "../threat-ledger/read-labels.ts";
import type { ThreatStanding } from "../threat-ledger/threat-ledger.ts";

interface Parts extends Pick<GatewayPorts, "threats" | "now"> {
	readonly services: GuardServices;
}

/** The two places at which the gateway asks whether it still wants to hear from somebody. */
export interface ActorChecks {
	/** By address, key, owner, TLS fingerprint and what the head says of end user and session. */
	readonly checkActor: Stage<Received & Identified, Watched>;
	/** By the end user and session that only the body names. */
	readonly checkLabels: Stage<Received & Identified & Watched & Parsed, Watched>;
}

const bucketsMax = 20_000;
/** Requests that wait at once; a slowed flood must not fill the memory instead. */
const waitingMax = 500;

/** Bans, challenges and slows down whom the threat ledger says, before anything of a body is read. */
export function createActorChecks({ threats, now, services }: Parts): ActorChecks {
	const act = createResponder({
		now,
		proofs: createProofOfWork(services),
		buckets: createTokenBuckets({ bucketsMax, now }),
	});
	return {
		checkActor: {
			name: "threats",
			run: (context) => {
				const { caller, exchange } = context;
				const { ip, headers } = exchange.incoming;
				const { fingerprint, country, score: edgeScore } = readEdgeFacts(headers);
				const labels = labelsOfHeaders(headers);
				const actors = actorsOfHead(caller, { ip, fingerprint, ...labels });
				const watched: Watched = { actors, labels, fingerprint, country, edgeScore };
				// Kept before anything is thrown: what is refused here is seen too.
				const waiting = act(threats.check(actors), context);
				return waiting === undefined ? watched : waiting.then(() => watched);
			},
		},
		checkLabels: {
			name: "threats:labels",
			run: (context) => {
				const { caller, actors, labels, request } = context;
				const found = labelsOfBody(request.json);
				const own = {
					endUser: labels.endUser === undefined ? found.endUser : undefined,
					session: labels.session === undefined ? found.session : undefined,
				};
				const more = actorsOfLabels(caller, own);
				const watched: Watched = {
					...watchedOf(context),
					actors: more.length === 0 ? actors : [...actors, ...more],
					labels: {
						endUser: labels.endUser ?? own.endUser,
						session: labels.session ?? own.session,
					},
				};
				if (more.length === 0) return watched;
				const waiting = act(threats.check(more), context);
				return waiting === undefined ? watched : waiting.then(() => watched);
			},
		},
	};
}

function watchedOf({
	actors,
	labels,
	fingerprint,
	country,
	edgeScore,
}: Readonly<Watched>): Watched {
	return { actors, labels, fingerprint, country, edgeScore };
}

interface Means {
	readonly now: () => number;
	readonly proofs: ProofOfWork;
	readonly buckets: TokenBuckets;
}

/** Undefined: nothing to wait for. Throws `threat.*`. */
function createResponder({ now, proofs, buckets }: Means) {
	let waiting = 0;
	const slowDown = async (ms: number, { exchange, trace }: Readonly<Received>) => {
		waiting += 1;
		const from = performance.now();
		try {
			await sleep(ms, undefined, { signal: exchange.incoming.signal });
		} catch {
			// The caller hung up; whoever writes to it finds out.
		} finally {
			waiting -= 1;
			trace.waited(performance.now() - from);
		}
	};
	return (standing: ThreatStanding, context: Readonly<Received>): Promise<void> | undefined => {
		if (standing.level === "none") return undefined;
		const { settings } = context.snapshot;
		if (standing.level === "watch") {
			context.trace.note("Watched by the threat ledger");
			return undefined;
		}
		if (standing.level === "ban") throw banned(standing.ban.untilMs, now());
		const { actor, severity, level } = standing;
		if (level === "challenge")
			requireProof(actor.id, context, { proofs, settings: settings.threats });
		const { delayMsMax, requestsPerMinute } = settings.threats.slowDown;
		const rate = buckets.take(actor.id, requestsPerMinute);
		const delayMs = Math.round(delayMsMax * (0.25 + 0.75 * severity));
		if (!rate.allowed || waiting >= waitingMax) {
			throw new GatewayError("threat.slowed", {
				retryAfterMs: Math.max(1000, rate.retryAfterMs),
			});
		}
		context.trace.note(`Slowed down by ${delayMs} ms`);
		return delayMs === 0 ? undefined : slowDown(delayMs, context);
	};
}

function banned(untilMs: number | null, now: number): GatewayError {
	if (untilMs === null)
		return new GatewayError("threat.banned", { message: "This caller is banned." });
	return new GatewayError("threat.banned", {
		message: `This caller is banned until ${new Date(untilMs).toISOString()}.`,
		retryAfterMs: Math.max(1000, untilMs - now),
	});
}

interface Proving {
	readonly proofs: ProofOfWork;
	readonly settings: ThreatsSettings;
}

function requireProof(
	actorId: string,
	{ exchange }: Readonly<Received>,
	{ proofs, settings }: Proving,
): void {
	const { difficultyBits, validSeconds } = settings.challenge;
	const proof = exchange.incoming.headers[challengeHeader];
	if (proofs.accepts(proof, actorId, validSeconds)) return;
	const challenge = proofs.issue(actorId, difficultyBits);
	throw new GatewayError("threat.challenge", {
		message: `Find a counter so that SHA-256 of "${challenge}:<counter>" begins with ${difficultyBits} zero bits, and send "${challenge}:<counter>" in the header ${challengeHeader}.`,
		headers: { [challengeHeader]: challenge },
	});
}
