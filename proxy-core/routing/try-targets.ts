import type { FallbackReason } from "../contract/routing.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Budgeted, Received, Routed } from "../pipeline/context.ts";
import type { Target } from "../snapshot.ts";
import type { CallerLimits } from "./caller-limits.ts";
import { readCallerLimits } from "./caller-limits.ts";
import type { Flight } from "./flight.ts";
import { backoffMs, pause } from "./retry-pause.ts";
import type { TargetBoard } from "./target-board.ts";
import { createTargetQueue } from "./target-queue.ts";
import { judgeTrouble } from "./trouble.ts";

type Needs = Received & Budgeted & Routed;

export interface TryOptions<T> {
	readonly board: TargetBoard;
	/** Aborted when nobody waits for the answer any more. */
	readonly signal: AbortSignal;
	/**
	 * One call to one target; its `timeouts` are what is left for this try. Resolves when the answer has
	 * begun: what happens afterwards is not tried again.
	 */
	readonly attempt: (target: Target) => Promise<T>;
	/** Whether the answer may go on after `attempt` resolved; decides which of the timeouts callers may lower. */
	readonly isStreaming?: boolean;
	/** Lets the target count as busy until the answer's end; without it, until `attempt` resolves. */
	readonly hold?: (answer: T, flight: Pick<Flight, "failed" | "ended">) => T;
}

/**
 * Tries the targets in their order until one has begun to answer: each again after passing trouble,
 * then the next, then the plan's fallbacks of the kind that fits. Targets out of service are passed
 * over. Throws the last target's error, or `route.no_target` when none could be asked.
 */
export async function tryTargets<T>(context: Readonly<Needs>, options: TryOptions<T>): Promise<T> {
	const { board } = options;
	const limits = readCallerLimits(context.exchange.incoming.headers);
	const queue = createTargetQueue(context, board);
	const endsAtMs = context.trace.elapsedMs() + totalMs(context, limits);
	let lastError: unknown;
	for (let target = queue.next("error"); target !== undefined; ) {
		const tried = await tryOne(context, { options, target, limits, endsAtMs });
		if ("answer" in tried) return tried.answer;
		if (tried.error !== undefined) lastError = tried.error;
		if (options.signal.aborted) {
			throw lastError ?? new GatewayError("request.cancelled");
		}
		if (tried.next === undefined) throw lastError;
		target = queue.next(tried.next);
	}
	throw lastError ?? noTarget(context, board);
}

type Tried<T> =
	| { readonly answer: T }
	/** `next` undefined: nobody else can help. An `error` is missing when the target was not asked. */
	| { readonly error: unknown; readonly next: FallbackReason | undefined };

interface TryOne<T> {
	readonly options: TryOptions<T>;
	readonly target: Target;
	readonly limits: CallerLimits;
	/** On the trace's clock. */
	readonly endsAtMs: number;
}

async function tryOne<T>(context: Readonly<Needs>, input: TryOne<T>): Promise<Tried<T>> {
	const { target, limits, endsAtMs } = input;
	const { board, signal } = input.options;
	const { snapshot, trace, affordable } = context;
	const retries = Math.min(affordable.retries, limits.retries ?? affordable.retries);
	for (let retry = 0; ; retry++) {
		const flight = board.begin(target);
		if (flight === undefined) return { error: undefined, next: "error" };
		try {
			return { answer: await fly(context, input, flight) };
		} catch (error) {
			const trouble = judgeTrouble(error, limits);
			flight.failed(trouble.failure);
			if (!trouble.mayRetry || retry >= retries) return { error, next: trouble.next };
			const pauseMs = backoffMs(snapshot.settings.routing, {
				retry,
				retryAfterMs: trouble.failure.pause?.retryAfterMs,
			});
			if (pauseMs === undefined || trace.elapsedMs() + pauseMs >= endsAtMs) {
				return { error, next: trouble.next };
			}
			await pause(pauseMs, signal);
			trace.waited(pauseMs);
			if (signal.aborted) {
				throw new GatewayError("request.cancelled", { cause: error });
			}
		}
	}
}

async function fly<T>(context: Readonly<Needs>, input: TryOne<T>, flight: Flight): Promise<T> {
	const { options, target, limits, endsAtMs } = input;
	const startMs = context.trace.elapsedMs();
	if (endsAtMs - startMs < 1) throw new GatewayError("upstream.timeout");
	const answer = await options.attempt(
		withTimeouts(target, { limits, leftMs: endsAtMs - startMs, isStreaming: options.isStreaming }),
	);
	flight.answered(context.trace.elapsedMs() - startMs);
	if (options.hold !== undefined) return options.hold(answer, flight);
	flight.ended();
	return answer;
}

interface Left {
	readonly limits: CallerLimits;
	readonly leftMs: number;
	readonly isStreaming: boolean | undefined;
}

/** The same target when nothing is lower than its own. */
function withTimeouts(target: Target, { limits, leftMs, isStreaming }: Left): Target {
	const { firstByteMs, totalMs: ownTotalMs } = target.timeouts;
	const wanted =
		isStreaming === true ? (limits.streamTimeoutMs ?? limits.timeoutMs) : limits.timeoutMs;
	const first = Math.ceil(Math.min(firstByteMs, leftMs, wanted ?? firstByteMs));
	const total = isStreaming === true ? ownTotalMs : Math.ceil(Math.min(ownTotalMs, leftMs));
	if (first === firstByteMs && total === ownTotalMs) return target;
	return { ...target, timeouts: { ...target.timeouts, firstByteMs: first, totalMs: total } };
}

/** For all tries together, until one has begun to answer: as long as the most patient target may take. */
function totalMs({ snapshot, targets }: Readonly<Needs>, { timeoutMs }: CallerLimits): number {
	let own = snapshot.settings.timeouts.totalMs;
	for (const { timeouts } of targets) own = Math.max(own, timeouts.totalMs);
	return timeoutMs === undefined ? own : Math.min(own, timeoutMs);
}

/** Says which targets there are and when the first of them may be asked again. */
function noTarget({ targets, affordable }: Readonly<Needs>, board: TargetBoard): GatewayError {
	const waits = targets.map((target) => board.waitMs(target));
	const named = targets.slice(0, 5).map((target) => target.id);
	const name = affordable.route === null ? "" : ` of \`${affordable.route}\``;
	return new GatewayError("route.no_target", {
		message: `Every target${name} is out of service after repeated failures: ${named.join(", ")}.`,
		retryAfterMs: waits.length === 0 ? 1000 : Math.min(...waits),
	});
}
