import * as z from "zod";
import type { PersonalDataType } from "../../contract/personal-data.ts";
import { personalDataTypes } from "../../contract/personal-data.ts";
import type { Finding, FindingAction, TextSegment, Verdict } from "../../contract/verdict.ts";
import { findingActions, nothingFound } from "../../contract/verdict.ts";
import type { PersonalDataFinder } from "../../privacy/detect/find-personal-data.ts";
import {
	createPersonalDataFinder,
	isOrdinaryWord,
} from "../../privacy/detect/find-personal-data.ts";
import type { GuardRule, RequestView } from "../define-guard.ts";
import { defineGuard } from "../define-guard.ts";

/** Of things and companies rather than people, or as common as a postcode. */
const harmless: ReadonlySet<PersonalDataType> = new Set<PersonalDataType>([
	"SWIFT_CODE",
	"VAT_NUMBER",
	"IT_VAT_CODE",
	"ABA_ROUTING_NUMBER",
	"AU_ABN",
	"AU_ACN",
	"SE_ORGANISATIONSNUMMER",
	"DE_HANDELSREGISTER",
	"KR_BRN",
	"SG_UEN",
	"IN_GSTIN",
]);

/** Those that somebody could be hurt by; names, places and dates stand in every other answer. */
const defaultTypes = personalDataTypes
	.filter(({ id, isStructured, group }) => {
		return isStructured && group !== "network" && group !== "place" && !harmless.has(id);
	})
	.map(({ id }) => id);

/** Every default type has a digit or an `@` in it, and most texts have neither. */
const unmarked: ReadonlySet<string> = new Set(
	personalDataTypes
		.filter(({ id, isStructured }) => !isStructured || id === "SWIFT_CODE" || id === "URL")
		.map(({ id }) => id),
);

const rules: readonly GuardRule[] = personalDataTypes.map(({ id, title }) => ({
	id,
	title,
	category: "personal-data",
	severity: "medium",
}));

/** Longest piece of personal data that is held back, with the words before it that it is known by. */
const dataCharsMax = 96;

/**
 * Personal data that a model tells of its own accord: what the request holds may be repeated. Data
 * that came from another caller, from training or from a tool that nobody asked for is what is meant.
 */
export const guard = defineGuard({
	id: "answer-personal-data",
	title: "Personal data in answers",
	summary: "Finds personal data in an answer that did not stand in the request.",
	phases: ["answer"],
	defaultMode: "monitor",
	rules,
	holdBackMax: dataCharsMax,
	config: z.strictObject({
		action: z.enum(findingActions).default("redact").meta({ title: "Such data in an answer" }),
		types: z
			.array(z.enum(personalDataTypes.map(({ id }) => id)))
			.default(defaultTypes)
			.meta({ title: "Kinds of data" }),
	}),
	create: ({ action, types }) => {
		const finder = createPersonalDataFinder({ types: new Set<PersonalDataType>(types) });
		const cutsAddresses = types.includes("EMAIL_ADDRESS") && action !== "flag";
		const mayBeginAt = (text: string) => Math.min(numberOrAddressAt(text), localPartAt(text));
		const needsMark = !types.some((type) => unmarked.has(type));
		return {
			openAnswer: (request, mode = "enforce") => {
				const wasSent = createMemory(request);
				return {
					inspect: (segments) => verdictOn(segments, { finder, wasSent, action, needsMark }),
					holdFrom: cutsAddresses && mode === "enforce" ? mayBeginAt : numberOrAddressAt,
				};
			},
		};
	},
});

interface Judge {
	readonly finder: PersonalDataFinder;
	readonly wasSent: (text: string) => boolean;
	readonly action: FindingAction;
	readonly needsMark: boolean;
}

function verdictOn(segments: readonly TextSegment[], judge: Judge): Verdict {
	const { finder, wasSent, action, needsMark } = judge;
	const findings: Finding[] = [];
	for (const [segment, { text, source, run }] of segments.entries()) {
		// The words before a number tell what it is.
		const before = run?.before.slice(-dataCharsMax) ?? "";
		const goesOn = run?.isComplete === false;
		// What may still become such data is held, so it stands in the text and not before it.
		if (needsMark && !/[\d@]/.test(text)) continue;
		for (const { type, start, end, score } of finder.find(before + text, source)) {
			if (end <= before.length || wasSent((before + text).slice(start, end))) continue;
			// It may still grow into another number, or into none.
			if (goesOn && action === "block" && end === before.length + text.length) continue;
			findings.push({
				rule: type,
				segment,
				start: Math.max(0, start - before.length),
				end: end - before.length,
				score,
				action,
				replacement: `[${type}]`,
			});
		}
	}
	return findings.length === 0 ? nothingFound : { findings };
}

/** Compares letters and digits only: a number is often given back with other spaces. */
function createMemory({ segments }: RequestView): (text: string) => boolean {
	let sent: string | undefined;
	return (text) => {
		sent ??= segments.map((segment) => bare(segment.text)).join("\n");
		return sent.includes(bare(text));
	};
}

function bare(text: string): string {
	return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");
}

/**
 * Where the last run begins that may become a number or an address: it has a digit or an `@`, and its
 * groups are no farther apart than a space. Words without either leave at once.
 */
function numberOrAddressAt(text: string): number {
	const tail = text.slice(-dataCharsMax);
	const run = /[^\s]{1,96}$/.exec(tail);
	let from = run !== null && /[\d@]/.test(run[0]) ? run.index : tail.length;
	// `4111 1111 1111 1111`, `DE89 3704 …`, `+49 (170) 123`.
	const groups = /(?:[A-Z]{2})?[+(]{0,2}\d[\d ()./-]{0,96}$/.exec(
		tail.slice(0, from).concat(run === null ? "" : "0"),
	);
	if (groups !== null && groups.index < from && /^[\s\d(+A-Z]/.test(groups[0])) from = groups.index;
	return text.length - tail.length + from;
}

const localCharsMax = 64;

/**
 * Where the last word begins that may turn out to stand before an `@`. It waits for the character after
 * it, unless it is an ordinary word: those go at once, and tell nothing if an address follows.
 */
function localPartAt(text: string): number {
	let start = text.length;
	const limit = Math.max(0, text.length - localCharsMax);
	while (start > limit && /[\p{Script=Latin}\d._%+'&-]/u.test(text.charAt(start - 1))) start -= 1;
	const word = text.slice(start);
	const stem = word.replace(/['.-]$/, "");
	return stem === "" || isOrdinaryWord(stem) ? text.length : start;
}
