import type { Steps } from "../../text/take-turns.ts";
import { readGap } from "./assignment-gap.ts";
import { judgeLogin, judgeValue } from "./assignment-value.ts";
import { isPrintable } from "./boundary.ts";
import type { Credential } from "./credential.ts";

const nameCharsMax = 80;
const placesAtOnce = 512;
/** Longer runs are data. */
const valueCharsMax = 2048;
/** Names within one run whose value is looked at; more of them are no configuration. */
const judgedPerRunMax = 4;

/** What a name that announces a secret has somewhere in it. */
const commonAnnouncements = [
	"pass",
	"pwd",
	"pw",
	"psk",
	"secret",
	"token",
	"cred",
	"auth",
	"bearer",
	"key",
];
/** Looked for only where a long value stands somewhere. */
const rareAnnouncements = [
	"contribsys",
	"facebook",
	"mailchimp",
	"meraki",
	"okta",
	"sumo",
	"dsn",
	"jwt",
	"webhook",
];
export const announcements: readonly string[] = [...commonAnnouncements, ...rareAnnouncements];
const logins = "-u(?![A-Za-z-])|--(?:proxy-)?user(?![A-Za-z-])";
/** Spelt out in both cases: several times faster than a pattern that ignores case. */
export const commonSource = `[pP](?:[aA][sS][sS]|[wW]|[sS][kK])|${commonAnnouncements.slice(4).map(eitherCase).join("|")}|${logins}`;
export const rareSource = rareAnnouncements.map(eitherCase).join("|");

function eitherCase(word: string): string {
	return word.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

/** Words that stand before `key` with a space, as people write about it. */
export const qualifierSource =
	"(?:api|access|secret|private|encryption|signing|account|license|master|client|auth|service|subscription|storage|shared|admin|public|primary|foreign|sort|partition|cache)";

export interface AssignmentFinder {
	/** `hasRun`: whether the text has a long run of printable characters. Yields now and then. */
	readonly find: (text: string, found: Credential[], hasRun: boolean) => Steps<void>;
	/** Where a name begins whose value may not be complete; `text.length` when nowhere. */
	readonly openAt: (text: string) => number;
}

/** A name and the value beside it. */
interface Assignment {
	readonly nameStart: number;
	readonly name: string;
	readonly start: number;
	readonly end: number;
	readonly isQuoted: boolean;
	readonly hasOperator: boolean;
	readonly glue: string;
	/** The text ends before the value does. */
	readonly isOpen: boolean;
}

/** Values that a name announces: `API_KEY=…`, `"password": "…"`, `Authorization: Bearer …`, `--user a:…`. */
export function createAssignmentFinder(): AssignmentFinder {
	const common = new RegExp(commonSource, "g");
	const rare = new RegExp(rareSource, "g");
	const qualifier = new RegExp(`${qualifierSource} $`, "i");
	const open = new RegExp(`(?:^|[^A-Za-z])${qualifierSource} k?e?$`, "i");

	const read = (text: string, hit: number, runs: Runs): Assignment | undefined => {
		const [nameStart, nameEnd] = nameAround(text, hit);
		if (login.test(text.slice(nameStart, nameEnd))) return readLogin(text, nameStart, nameEnd);
		const gap = readGap(text, nameEnd);
		if (gap === undefined) return undefined;
		const end = runs.endOf(gap.end, gap.quote);
		if (end - gap.end > valueCharsMax) return undefined;
		const plain = text.slice(nameStart, nameEnd);
		const before = /^keys?$/i.test(plain)
			? qualifier.exec(text.slice(Math.max(0, nameStart - 16), nameStart))
			: null;
		const start = nameStart - (before?.[0].length ?? 0);
		return {
			nameStart: start,
			name: text.slice(start, nameEnd),
			start: gap.end,
			end,
			isQuoted: gap.quote !== undefined,
			hasOperator: gap.hasOperator,
			glue: gap.glue,
			isOpen: end === text.length,
		};
	};

	function* findBy(pattern: RegExp, text: string, found: Credential[]): Steps<void> {
		const runs = createRuns(text);
		let from = 0;
		for (let met = 1; ; met += 1) {
			// Others may use the pattern while this one waits.
			pattern.lastIndex = from;
			const match = pattern.exec(text);
			if (match === null) return;
			from = pattern.lastIndex;
			if (met % placesAtOnce === 0) yield;
			const assignment = read(text, match.index, runs);
			if (assignment === undefined || assignment.end === assignment.start) continue;
			if (!runs.mayJudge(assignment.end)) {
				from = Math.max(from, assignment.end);
				continue;
			}
			const credential = judged(text, assignment);
			if (credential === undefined) continue;
			found.push(credential);
			from = Math.max(from, credential.end);
		}
	}

	const openBy = (pattern: RegExp, text: string): number => {
		const runs = createRuns(text);
		// A name, its gap and its value are not longer than this.
		pattern.lastIndex = Math.max(0, text.length - valueCharsMax - 3 * nameCharsMax);
		for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
			const assignment = read(text, match.index, runs);
			if (assignment?.isOpen === true) return assignment.nameStart;
		}
		return text.length;
	};

	return {
		*find(text, found, hasRun) {
			yield* findBy(common, text, found);
			if (!hasRun) return;
			yield;
			yield* findBy(rare, text, found);
		},
		openAt: (text) => {
			const tail = text.slice(-24);
			const unfinished = open.exec(tail);
			const from = unfinished === null ? text.length : text.length - tail.length + unfinished.index;
			return Math.min(from, openBy(common, text), openBy(rare, text));
		},
	};
}

const login = /^(?:-u|--user|--proxy-user)$/;
const loginCharsMax = 256;

/** The word behind `-u`, quotes and all. */
function readLogin(text: string, nameStart: number, nameEnd: number): Assignment | undefined {
	let start = nameEnd;
	while (start < nameEnd + 4 && (text[start] === " " || text[start] === "=")) start += 1;
	let end = start;
	while (end - start < loginCharsMax && isPrintable(text.charCodeAt(end))) end += 1;
	if (start === nameEnd && end > start) return undefined;
	const name = text.slice(nameStart, nameEnd);
	const isOpen = end === text.length;
	return { nameStart, name, start, end, isQuoted: false, hasOperator: true, glue: "", isOpen };
}

function judged(text: string, assignment: Assignment): Credential | undefined {
	const { name, start, hasOperator, isQuoted, glue } = assignment;
	const raw = text.slice(start, assignment.end);
	if (login.test(name)) return judgeLogin(raw, start, assignment.nameStart);
	const value = isQuoted ? raw : raw.replace(/[.,;:!?)\]}]{1,4}$/, "");
	const next = text.charAt(start + value.length);
	const { nameStart } = assignment;
	return judgeValue({ name, nameStart, value, start, next, hasOperator, isQuoted, glue });
}

function nameAround(text: string, hit: number): readonly [start: number, end: number] {
	let start = hit;
	let end = hit;
	const first = Math.max(0, hit - nameCharsMax);
	const last = Math.min(text.length, hit + nameCharsMax);
	while (start > first && isNameChar(text.charCodeAt(start - 1))) start -= 1;
	while (end < last && isNameChar(text.charCodeAt(end))) end += 1;
	// A full stop or a dash after the name belongs to the sentence.
	while (end > hit + 1 && (text[end - 1] === "." || text[end - 1] === "-")) end -= 1;
	return [start, end];
}

/** Letters, digits, `-`, `.`, `_`. */
function isNameChar(code: number): boolean {
	if (code >= 48 && code <= 57) return true;
	if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) return true;
	return code === 45 || code === 46 || code === 95;
}

interface Runs {
	/** Where the value that begins at `from` ends: at its quote, or with its word when it has none. */
	readonly endOf: (from: number, quote: string | undefined) => number;
	/** Whether another value that ends there may be looked at. */
	readonly mayJudge: (end: number) => boolean;
}

/** Remembers how far a run goes, so that many names within one do not make it be read many times. */
function createRuns(text: string): Runs {
	const last = { from: 0, end: -1, quote: undefined as string | undefined };
	const judgedAt = { end: -1, count: 0 };
	return {
		endOf: (from, quote) => {
			if (quote === last.quote && from >= last.from && from <= last.end) return last.end;
			last.from = from;
			last.quote = quote;
			last.end = valueEnd(text, from, quote);
			return last.end;
		},
		mayJudge: (end) => {
			judgedAt.count = judgedAt.end === end ? judgedAt.count + 1 : 1;
			judgedAt.end = end;
			return judgedAt.count <= judgedPerRunMax;
		},
	};
}

function valueEnd(text: string, from: number, quote: string | undefined): number {
	let end = from;
	while (end < text.length) {
		const code = text.charCodeAt(end);
		if (code <= 32 || code > 126 || code === 92) break;
		if (quote === undefined ? stops.has(code) : text[end] === quote) break;
		end += 1;
	}
	return end;
}

const stops: ReadonlySet<number> = new Set(
	[..."\"'`,;<>(){}[]|&"].map((stop) => stop.charCodeAt(0)),
);
