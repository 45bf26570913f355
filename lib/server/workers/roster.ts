import type { Member } from "./member.ts";
import { forkMember } from "./member.ts";
import type { Workers } from "./workers.ts";

/** The workers that live now. Tells all of them, whenever it changes, whether the machine is ready. */
export interface Roster {
	readonly members: () => readonly Member[];
	readonly enlist: () => Member;
	/** The member is no more. */
	readonly strike: (member: Member) => void;
	/** Resolves when every member knows whether all are ready, or cannot be told. */
	readonly tell: () => Promise<void>;
	/** Looks once a second whether somebody has fallen silent; returns how to end that. */
	readonly watch: () => () => void;
	readonly answer: Workers["answer"];
	readonly onEnd: Workers["onEnd"];
}

const tellTimeoutMs = 2000;
const watchEveryMs = 1000;

export function createRoster(count: number): Roster {
	const members = new Set<Member>();
	const answers: Parameters<Workers["answer"]>[0][] = [];
	const endListeners: ((pid: number) => void)[] = [];
	let wasReady = false;

	const areReady = () => members.size === count && [...members].every((member) => member.isReady());
	const tell = async () => {
		wasReady = areReady();
		const told = [...members].map(({ channel }) =>
			channel.ask("machine", { isReady: wasReady }, tellTimeoutMs).catch(() => undefined),
		);
		await Promise.all(told);
	};
	const judge = () => {
		if (areReady() !== wasReady) void tell();
	};
	return {
		members: () => [...members],
		enlist: () => {
			const member = forkMember(judge);
			for (const handlers of answers) member.channel.answer(handlers);
			members.add(member);
			return member;
		},
		strike: (member) => {
			members.delete(member);
			for (const listener of endListeners) listener(member.pid);
			judge();
		},
		tell,
		watch: () => {
			const watching = setInterval(judge, watchEveryMs);
			watching.unref();
			return () => clearInterval(watching);
		},
		answer: (handlers) => void answers.push(handlers),
		onEnd: (listener) => void endListeners.push(listener),
	};
}
