import { createTally, tallied } from "../accounting/tally.ts";
import type { AnswerCache } from "../cache/answer-cache.ts";
import type { Recollection } from "../cache/recollection.ts";
import type { SemanticLook, SemanticMemory } from "../cache/semantic-memory.ts";
import type { KeptAnswer, SharedAnswer } from "../cache/shared-answer.ts";
import { replay } from "../cache/shared-answer.ts";
import type { CacheOutcome } from "../contract/settled-record.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Dispatched, Recalled, Received, Remembered } from "../pipeline/context.ts";
import type { OutwardStage, Stage } from "../pipeline/pipeline.ts";
import type { FrameSource } from "../streams/frame-source.ts";

type Needs = Received & Recalled;

export interface Memory {
	readonly cache: AnswerCache;
	readonly semantic: SemanticMemory;
}

/** Puts a memory before `inner`: what is known already, or is being answered now, is not asked again. */
export function remember<In extends Received>(
	inner: OutwardStage<In, Dispatched>,
	{ cache, semantic }: Memory,
): Stage<In & Recalled, Dispatched & Remembered> {
	return {
		name: inner.name,
		run: async (context) => {
			const { recollection } = context;
			const { signal } = context.exchange.incoming;
			if (recollection === undefined) return { ...(await inner.run(context, signal)), cache: null };
			const leading = { inner, cache, recollection };
			if (!recollection.mayRead) return lead(context, leading);
			if (recollection.question === undefined) return answerOnce(context, leading);
			const same = await find(context, recollection, cache);
			if (same !== undefined) return same;
			const look = await semantic.look(context, recollection);
			const answer =
				similar(context, cache, look) ??
				(await answerOnce(context, { ...leading, kept: look?.index }));
			return spent(look, answer);
		},
	};
}

/** Joins whoever asks the same already, and leads when nobody does. */
async function answerOnce<In extends Received & Recalled>(
	context: Readonly<In>,
	leading: Leading<In>,
): Promise<Dispatched & Remembered> {
	for (;;) {
		const found = find(context, leading.recollection, leading.cache);
		// Nothing may be awaited between looking and leading, or two requests would both lead.
		if (found === undefined) return lead(context, leading);
		const answer = await found;
		if (answer !== undefined) return answer;
	}
}

function similar(
	context: Readonly<Needs>,
	cache: AnswerCache,
	look: SemanticLook | undefined,
): (Dispatched & Remembered) | undefined {
	const { recollection } = context;
	if (look?.key === undefined || recollection === undefined) return undefined;
	const answer = cache.find(look.key, recollection.ttlMs);
	if (answer === undefined) return undefined;
	return fromMemory(context, { answer, source: replay(answer), outcome: "semantic-hit" });
}

/** The look itself costs, whether it found anything or not. */
function spent(
	look: SemanticLook | undefined,
	answer: Dispatched & Remembered,
): Dispatched & Remembered {
	answer.tally.sideCostMicroUsd += look?.costMicroUsd ?? 0;
	return answer;
}

/** Undefined: nothing is known now. Resolves with undefined when whoever was asking gave up. */
function find(
	context: Readonly<Needs>,
	recollection: Recollection,
	cache: AnswerCache,
): Promise<(Dispatched & Remembered) | undefined> | undefined {
	const { key, ttlMs, isIdempotent } = recollection;
	const kept = cache.find(key, ttlMs);
	if (kept !== undefined) {
		const outcome = isIdempotent ? "replayed" : "hit";
		return Promise.resolve(fromMemory(context, { answer: kept, source: replay(kept), outcome }));
	}
	const running = cache.underWay(key);
	return running && follow(context, { running, outcome: isIdempotent ? "replayed" : "coalesced" });
}

interface Following {
	readonly running: Promise<SharedAnswer>;
	readonly outcome: CacheOutcome;
}

async function follow(
	context: Readonly<Needs>,
	{ running, outcome }: Following,
): Promise<(Dispatched & Remembered) | undefined> {
	const shared = await settled(context, running);
	if (shared === undefined) return undefined;
	const { source, isPaid } = shared.join(context.exchange.incoming.signal);
	return { ...fromMemory(context, { answer: shared, source, outcome }), isPaid };
}

/** Undefined when the leader hung up before its answer began: somebody else has to lead. */
async function settled(
	{ trace, exchange }: Readonly<Received>,
	running: Promise<SharedAnswer>,
): Promise<SharedAnswer | undefined> {
	const startedAt = performance.now();
	try {
		return await running;
	} catch (error) {
		const isGone = GatewayError.is(error) && error.code === "request.cancelled";
		if (!isGone || exchange.incoming.signal.aborted) throw error;
		return undefined;
	} finally {
		trace.waited(performance.now() - startedAt);
	}
}

interface Known {
	readonly answer: Pick<KeptAnswer, "target" | "omitted">;
	readonly source: FrameSource;
	readonly outcome: CacheOutcome;
}

function fromMemory(
	{ trace }: Readonly<Received>,
	{ answer: { target, omitted }, source, outcome }: Known,
): Dispatched & Remembered {
	const tally = createTally();
	tally.firstByteMs = trace.elapsedMs();
	trace.note(`${outcome}: an answer of ${target.id} from memory`);
	return {
		target,
		tally,
		answer: tallied(source, tally),
		omitted,
		isPaid: () => true,
		cache: outcome,
	};
}

interface Leading<In extends Received> {
	readonly inner: OutwardStage<In, Dispatched>;
	readonly cache: AnswerCache;
	readonly recollection: Recollection;
	/** Told when the answer has been kept. */
	readonly kept?: (() => void) | undefined;
}

async function lead<In extends Received>(
	context: Readonly<In>,
	{ inner, cache, recollection, kept }: Leading<In>,
): Promise<Dispatched & Remembered> {
	const { signal } = context.exchange.incoming;
	const { share, failed, hasFollowers } = cache.lead(recollection.key, {
		ttlMs: recollection.ttlMs,
		kept,
	});
	// The call to the provider must outlive this caller when others wait for the same answer.
	const upstream = new AbortController();
	const hungUp = (): void => {
		if (!hasFollowers()) upstream.abort();
	};
	signal.addEventListener("abort", hungUp, { once: true });
	try {
		const dispatched = await inner.run(context, upstream.signal);
		const { source, isPaid } = share(dispatched).join(signal);
		const cacheOutcome = recollection.mayRead ? "miss" : "bypass";
		return { ...dispatched, answer: source, isPaid, cache: cacheOutcome };
	} catch (error) {
		failed(error);
		throw error;
	} finally {
		signal.removeEventListener("abort", hungUp);
	}
}
