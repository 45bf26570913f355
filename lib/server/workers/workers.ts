import cluster from "node:cluster";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../../proxy-core/ports.ts";
import { StartError } from "../database/start-error.ts";
import type { Channel } from "./channel.ts";
import { RemoteError } from "./channel.ts";
import type { Member } from "./member.ts";
import type { PrimaryTalk, WorkerOrder, WorkerTalk } from "./messages.ts";
import type { Roster } from "./roster.ts";
import { createRoster } from "./roster.ts";

type Question = Exclude<keyof WorkerTalk, "start">;

/** What came back from asking everybody, by process id; undefined: it did not answer in time. */
export type Answers<Which extends Question> = ReadonlyMap<
	number,
	WorkerTalk[Which]["answered"] | undefined
>;

/** The gateway processes of this machine, as the primary sees them. */
export interface Workers {
	/** How many there should be. */
	readonly count: number;
	/** Resolves when all of them listen. Throws what hindered the first one that could not start. */
	readonly start: (order: WorkerOrder) => Promise<void>;
	/** Lets running requests finish, and resolves when no worker is left. */
	readonly stop: () => Promise<void>;
	/** Asks all that listen now; resolves after `timeoutMs` at the latest. */
	readonly askAll: <Which extends Question>(
		name: Which,
		asked: WorkerTalk[Which]["asked"],
		timeoutMs: number,
	) => Promise<Answers<Which>>;
	/** Answers the workers' own questions; to be called before `start`. */
	readonly answer: Channel<WorkerTalk, Omit<PrimaryTalk, "status">>["answer"];
	/** Calls back with the process id of each worker that is no more. */
	readonly onEnd: (listener: (pid: number) => void) => void;
	/** Lines in their journals that are not in the database yet, as they last said. */
	readonly journalBacklog: () => number;
}

export interface WorkersOptions {
	readonly count: number;
	readonly log: Log;
}

const startTimeoutMs = 120_000;
const tellTimeoutMs = 2000;
/** Draining and shipping take 40 s at most; whoever is there after this hangs. */
const stopTimeoutMs = 45_000;
const pauseMsMin = 100;
const pauseMsMax = 10_000;
/** A worker that lived this long did not die of its start. */
const settledMs = 30_000;

/** Forks gateway processes, replaces those that die, and speaks with them. Nothing runs before `start`. */
export function createWorkers({ count, log }: WorkersOptions): Workers {
	const roster = createRoster(count);
	const end = new AbortController();
	return {
		count,
		start: async (order) => {
			// Structured clone keeps what JSON would drop.
			cluster.setupPrimary({ serialization: "advanced" });
			const firsts = Array.from({ length: count }, roster.enlist);
			const isOver = roster.watch();
			end.signal.addEventListener("abort", isOver, { once: true });
			try {
				await Promise.all(firsts.map((member) => begin(member, order, roster)));
				// Whoever hears that this machine has started may ask it at once whether it is ready.
				await roster.tell();
			} catch (error) {
				end.abort();
				await killAll(firsts);
				throw forPeople(error);
			}
			for (const member of firsts) void keep(member, { order, roster, log, end: end.signal });
		},
		stop: async () => {
			end.abort();
			await stopAll(roster.members(), log);
		},
		askAll: async (name, asked, timeoutMs) => {
			const live = roster.members().filter((member) => member.isListening());
			const found = live.map(async ({ pid, channel }) => {
				const answer = await channel.ask(name, asked, timeoutMs).catch(() => undefined);
				return [pid, answer] as const;
			});
			return new Map(await Promise.all(found));
		},
		answer: roster.answer,
		onEnd: roster.onEnd,
		journalBacklog: () =>
			roster.members().reduce((sum, member) => sum + member.journalBacklog(), 0),
	};
}

async function begin(member: Member, order: WorkerOrder, roster: Roster): Promise<void> {
	await member.channel.ask("start", order, startTimeoutMs);
	member.listens();
	await roster.tell();
}

interface Keeping {
	readonly order: WorkerOrder;
	readonly roster: Roster;
	readonly log: Log;
	readonly end: AbortSignal;
}

/** Sees to it that there is always one process in this place. */
async function keep(first: Member, { order, roster, log, end }: Keeping): Promise<void> {
	let member = first;
	let startedAtMs = Date.now();
	let failures = 0;
	while (true) {
		const exit = await member.exited;
		roster.strike(member);
		if (end.aborted) return;
		log.error("A gateway process ended; another one takes its place.", {
			pid: member.pid,
			...exit,
		});
		failures = Date.now() - startedAtMs > settledMs ? 0 : failures + 1;
		const pauseMs = Math.min(pauseMsMax, pauseMsMin * 2 ** Math.min(failures, 10));
		await sleep(pauseMs, undefined, { signal: end }).catch(() => undefined);
		if (end.aborted) return;
		startedAtMs = Date.now();
		const next = roster.enlist();
		member = next;
		begin(next, order, roster).then(
			() => log.info("A gateway process has taken its place.", { pid: next.pid }),
			(error: unknown) => {
				log.error("A gateway process could not start.", { error });
				next.kill();
			},
		);
	}
}

async function stopAll(members: readonly Member[], log: Log): Promise<void> {
	for (const { channel } of members) {
		channel.ask("stop", null, tellTimeoutMs).catch(() => undefined);
	}
	const limit = setTimeout(() => {
		log.warn("A gateway process did not end in time; it is killed.");
		for (const { kill } of members) kill();
	}, stopTimeoutMs);
	await Promise.all(members.map(({ exited }) => exited));
	clearTimeout(limit);
}

async function killAll(members: readonly Member[]): Promise<void> {
	for (const { kill } of members) kill();
	await Promise.all(members.map(({ exited }) => exited));
}

/** What an operator can mend is told in one sentence, as if it had happened here. */
function forPeople(error: unknown): unknown {
	if (!(error instanceof RemoteError)) {
		const message = "A gateway process ended while it started; what it wrote above says why.";
		return new StartError(message, { cause: error });
	}
	const isMendable = /^(Environment|Start)Error$/.test(error.remoteName);
	return isMendable ? new StartError(error.message, { cause: error }) : error;
}
