import { isHostIn } from "../../text/find-urls.ts";

/** Blocked domains in a text, whether or not anything around makes them a link. */
export interface BlockedNames {
	readonly find: (text: string, before: string) => readonly { start: number; end: number }[];
	/** Where a blocked name may have begun that is not complete yet; else the text's length. */
	readonly mayBeginAt: (text: string, before: string) => number;
}

const hostRun = /[\p{L}\p{N}.-]{4,253}/gu;
const tailRun = /[\p{L}\p{N}.-]{1,253}$/u;

export function createBlockedNames(domains: ReadonlySet<string>): BlockedNames {
	const sorted = [...domains].toSorted();
	return {
		find: (text, before) => {
			if (sorted.length === 0 || !text.includes(".")) return [];
			const head = tailRun.exec(before)?.[0] ?? "";
			const places: { start: number; end: number }[] = [];
			for (const match of (head + text).matchAll(hostRun)) {
				const name = match[0].replace(/[.-]{1,64}$/, "").toLowerCase();
				if (!name.includes(".") || !isHostIn(name, domains)) continue;
				const start = match.index + blockedPart(name, domains) - head.length;
				const end = match.index + name.length - head.length;
				if (end > 0) places.push({ start: Math.max(0, start), end });
			}
			return places;
		},
		mayBeginAt: (text, before) => {
			if (sorted.length === 0) return text.length;
			const head = tailRun.exec(before)?.[0] ?? "";
			const run = tailRun.exec(head + text)?.[0].toLowerCase() ?? "";
			for (let at = 0; at < run.length; ) {
				// A whole name may still grow into a longer one.
				if (
					isBeginning(run.slice(at), sorted) ||
					domains.has(run.slice(at).replace(/[.-]{1,64}$/, ""))
				)
					return Math.max(0, text.length - run.length + at);
				const dot = run.indexOf(".", at);
				if (dot < 0) break;
				at = dot + 1;
			}
			return text.length;
		},
	};
}

/** The blocked domain itself, without the labels before it. */
function blockedPart(name: string, domains: ReadonlySet<string>): number {
	let at = 0;
	for (let dot = name.indexOf("."); !domains.has(name.slice(at)) && dot >= 0; ) {
		at = dot + 1;
		dot = name.indexOf(".", at);
	}
	return at;
}

function isBeginning(text: string, sorted: readonly string[]): boolean {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sorted[middle] ?? "") < text) low = middle + 1;
		else high = middle;
	}
	return (sorted[low] ?? "").startsWith(text);
}
