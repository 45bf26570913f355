import * as z from "zod";
import type { Finding, FindingAction, TextSegment, Verdict } from "../../contract/verdict.ts";
import { findingActions, nothingFound } from "../../contract/verdict.ts";
import type { FoundUrl } from "../../text/find-urls.ts";
import {
	findUrls,
	hostSet,
	isHostIn,
	parseFoundUrl,
	urlCharsMax,
	urlMayBeginAt,
	urlReplacement,
} from "../../text/find-urls.ts";
import { defineGuard } from "../define-guard.ts";
import type { BlockedNames } from "./blocked-names.ts";
import { createBlockedNames } from "./blocked-names.ts";
import { riskOf } from "./url-risk.ts";

const domains = z.array(z.string().min(3).max(253)).max(20_000).default([]);

const config = z.strictObject({
	blockedDomains: domains.meta({
		title: "Blocked domains",
		description: "With their subdomains, as a link or as a plain name.",
	}),
	allowedDomains: domains.meta({ title: "Allowed domains", description: "Never looked at." }),
	isScoring: z.boolean().default(true).meta({
		title: "Judge unknown addresses",
		description: "By their form: disguised addresses and hosts, look-alikes, lures, shorteners.",
	}),
	threshold: z.number().min(0.1).max(1).default(0.7).meta({ title: "Threshold" }),
	answerAction: z.enum(findingActions).default("redact").meta({ title: "In an answer" }),
	requestAction: z
		.enum(["ignore", ...findingActions])
		.default("flag")
		.meta({
			title: "In a request",
		}),
});

/** Links that nobody should follow, in answers and requests: listed ones, and those that look the part. */
export const guard = defineGuard({
	id: "unsafe-links",
	title: "Unsafe links",
	summary: "Finds links to blocked domains and links that disguise where they lead.",
	phases: ["request", "answer"],
	defaultMode: "enforce",
	rules: [
		{ id: "blocked-domain", title: "Blocked domain", category: "unsafe-link", severity: "high" },
		{
			id: "dangerous-scheme",
			title: "Link that runs code",
			category: "unsafe-link",
			severity: "high",
		},
		{ id: "risky-url", title: "Suspicious address", category: "unsafe-link", severity: "medium" },
	],
	holdBackMax: urlCharsMax,
	config,
	create(settings) {
		const blocked = hostSet(settings.blockedDomains);
		const judge: Judge = {
			settings,
			allowed: hostSet(settings.allowedDomains),
			blocked,
			names: createBlockedNames(blocked),
		};
		const { requestAction, answerAction } = settings;
		return {
			inspectRequest: (segments) =>
				requestAction === "ignore" ? nothingFound : verdictOn(segments, requestAction, judge),
			openAnswer: () => ({
				inspect: (segments) => verdictOn(segments, answerAction, judge),
				holdFrom: (text, _source, run) =>
					Math.min(
						urlMayBeginAt(text, run?.before),
						judge.names.mayBeginAt(text, run?.before ?? ""),
					),
			}),
		};
	},
});

interface Judge {
	readonly settings: z.infer<typeof config>;
	readonly allowed: ReadonlySet<string>;
	readonly blocked: ReadonlySet<string>;
	readonly names: BlockedNames;
}

function verdictOn(segments: readonly TextSegment[], action: FindingAction, judge: Judge): Verdict {
	let findings: Finding[] | undefined;
	for (const [index, segment] of segments.entries()) {
		for (const { rule, start, end, score, replacement } of complaintsIn(segment, judge)) {
			findings ??= [];
			findings.push({ rule, segment: index, start, end, score, action, replacement });
		}
	}
	return findings === undefined ? nothingFound : { findings };
}

interface Complaint {
	readonly rule: "blocked-domain" | "dangerous-scheme" | "risky-url";
	readonly start: number;
	readonly end: number;
	readonly score: number;
	readonly replacement: string;
}

function complaintsIn({ text, run }: TextSegment, judge: Judge): readonly Complaint[] {
	const before = run?.before ?? "";
	const goesOn = run?.isComplete === false;
	const complaints: Complaint[] = [];
	let end = 0;
	const urls: FoundUrl[] = [];
	for (const found of findUrls(text, before)) {
		urls.push(found);
		if (found.isOpen && goesOn) continue;
		const fault = faultOf(found, judge);
		if (fault === undefined) continue;
		complaints.push({
			...fault,
			start: found.start,
			end: found.end,
			replacement: urlReplacement(found.place),
		});
	}
	for (const place of judge.names.find(text, before)) {
		// The same name within a URL, or one that may not be complete.
		if (place.start < end || urls.some((url) => place.start < url.end && place.end > url.start))
			continue;
		if (goesOn && judge.names.mayBeginAt(text, before) < place.end) continue;
		end = place.end;
		complaints.push({ rule: "blocked-domain", ...place, score: 1, replacement: "[link removed]" });
	}
	return complaints;
}

function faultOf(
	found: FoundUrl,
	{ settings, allowed, blocked }: Judge,
): Pick<Complaint, "rule" | "score"> | undefined {
	const url = parseFoundUrl(found.written);
	if (url === undefined) return undefined;
	if (runsCode(found, url)) return { rule: "dangerous-scheme", score: 1 };
	if (url.hostname === "" || isHostIn(url.hostname, allowed)) return undefined;
	if (isHostIn(url.hostname, blocked)) return { rule: "blocked-domain", score: 1 };
	if (!settings.isScoring) return undefined;
	const { score } = riskOf(url, found.written);
	return score < settings.threshold ? undefined : { rule: "risky-url", score };
}

/** Placeholders that do nothing (`javascript:void(0)`) are old habits of web pages. */
function runsCode({ place, written }: FoundUrl, { protocol }: URL): boolean {
	if (protocol === "javascript:" || protocol === "vbscript:") {
		return !/^javascript:\s*(?:void\s*\(?\s*0\s*\)?|return false)?;?\s*$/i.test(written);
	}
	if (protocol !== "data:" || place === "image") return false;
	return /^data:(?:text\/html|application\/(?:xhtml|javascript)|image\/svg|text\/javascript)/i.test(
		written,
	);
}
