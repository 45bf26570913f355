import * as z from "zod";
import type { Finding, FindingAction, TextSegment } from "../../contract/verdict.ts";
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
import type { RequestView } from "../define-guard.ts";
import { defineGuard } from "../define-guard.ts";
import { evidenceIn, normalised } from "./carried-data.ts";
import { searchHosts } from "./search-hosts.ts";

const hosts = z.array(z.string().min(1).max(253)).max(2000).default([]);

const config = z.strictObject({
	images: z.enum(["ignore", "data", "unknown-host", "all"]).default("data").meta({
		title: "Images to object to",
		description:
			"Those whose address carries data; also all from hosts that neither the caller's own texts nor the list below name; or every image. Covers everything that loads without a click.",
	}),
	imageAction: z.enum(findingActions).default("redact").meta({ title: "Such images" }),
	links: z.enum(["ignore", "data", "unknown-host"]).default("data").meta({
		title: "Links to object to",
	}),
	linkAction: z.enum(findingActions).default("flag").meta({ title: "Such links" }),
	allowedHosts: hosts.meta({ title: "Allowed hosts", description: "With their subdomains." }),
	blockedHosts: hosts.meta({ title: "Blocked hosts", description: "With their subdomains." }),
});

/**
 * Answers that carry data away in addresses: an image is loaded, and its address sent, as soon as the
 * answer is shown. A redaction keeps the text of a link or image and drops the address.
 */
export const guard = defineGuard({
	id: "exfiltration",
	title: "Data in addresses",
	summary: "Removes images and links of an answer whose address carries data away.",
	phases: ["answer"],
	defaultMode: "enforce",
	rules: [
		rule("image-carries-data", "Image whose address carries data", "high"),
		rule("link-carries-data", "Link whose address carries data", "medium"),
		rule("image-host", "Image from an unknown host", "low"),
		rule("link-host", "Link to an unknown host", "low"),
		rule("blocked-host", "Address of a blocked host", "high"),
	],
	holdBackMax: urlCharsMax,
	config,
	create(settings) {
		const allowed = hostSet(settings.allowedHosts);
		const blocked = hostSet(settings.blockedHosts);
		return {
			openAnswer: (request) => {
				const facts = factsOf(request);
				const judge = { settings, allowed, blocked, facts };
				return {
					inspect: (segments) => {
						const findings = segments.flatMap((segment, index) => findIn(segment, index, judge));
						return findings.length === 0 ? nothingFound : { findings };
					},
					holdFrom: (text, _source, run) => urlMayBeginAt(text, run?.before),
				};
			},
		};
	},
});

function rule<const Id extends string>(id: Id, title: string, severity: "low" | "medium" | "high") {
	return { id, title, category: "exfiltration", severity } as const;
}

type Rule = (typeof guard.rules)[number]["id"];

interface Judge {
	readonly settings: z.infer<typeof config>;
	readonly allowed: ReadonlySet<string>;
	readonly blocked: ReadonlySet<string>;
	readonly facts: Facts;
}

const scores = { encoded: 1, "from-request": 1, "free-text": 0.7, long: 0.6 } as const;

interface Complaint {
	readonly rule: Rule;
	readonly action: FindingAction;
	readonly score: number;
}

function findIn(segment: TextSegment, index: number, judge: Judge): readonly Finding[] {
	const { text, run, source } = segment;
	const findings: Finding[] = [];
	for (const found of findUrls(text, run?.before)) {
		// What is still being written may become another address; it waits.
		if (found.isOpen && run?.isComplete === false) continue;
		const complaint = complaintAbout(found, source, judge);
		if (complaint === undefined) continue;
		const { start, end, place } = found;
		findings.push({ ...complaint, segment: index, start, end, replacement: urlReplacement(place) });
	}
	return findings;
}

function complaintAbout(
	found: FoundUrl,
	source: TextSegment["source"],
	judge: Judge,
): Complaint | undefined {
	const { settings, allowed, blocked, facts } = judge;
	const url = parseFoundUrl(found.written);
	if (url === undefined || url.hostname === "") return undefined;
	if (isHostIn(url.hostname, blocked)) {
		return { rule: "blocked-host", action: settings.imageAction, score: 1 };
	}
	const { isImage, policy, action } = policyFor(found, settings);
	if (policy === "ignore" || isHostIn(url.hostname, allowed)) return undefined;
	if (policy !== "all" && (facts.hasUrl(found.written) || facts.hasUrl(url.href))) return undefined;
	const isKnown = facts.hasHost(url.hostname);
	const evidence = evidenceIn(url, { requestWords: facts.words, isImage });
	if (evidence !== undefined && !isExcused({ evidence, isImage, isKnown, url, source })) {
		const name = isImage ? "image-carries-data" : "link-carries-data";
		return { rule: name, action, score: scores[evidence] };
	}
	const isFine = policy === "data" || (isKnown && policy === "unknown-host");
	return isFine ? undefined : unknownHost(found, action);
}

function unknownHost(found: FoundUrl, action: FindingAction): Complaint {
	return { rule: found.place === "image" ? "image-host" : "link-host", action, score: 0.5 };
}

function policyFor({ place }: FoundUrl, settings: Judge["settings"]) {
	const isImage = place === "image" || place === "reference";
	return isImage
		? { isImage, policy: settings.images, action: settings.imageAction }
		: { isImage, policy: settings.links, action: settings.linkAction };
}

interface Excuse {
	readonly evidence: NonNullable<ReturnType<typeof evidenceIn>>;
	readonly isImage: boolean;
	readonly isKnown: boolean;
	readonly url: URL;
	readonly source: TextSegment["source"];
}

/** Words that a person gave belong in a search and in calls of tools; weak signs count less for known hosts. */
function isExcused({ evidence, isImage, isKnown, url, source }: Excuse): boolean {
	if (evidence === "encoded") return false;
	if (isImage) return isKnown && evidence !== "from-request";
	return isKnown || source === "answer-tool-call" || isHostIn(url.hostname, searchHosts);
}

interface Facts {
	readonly words: () => string;
	readonly hasHost: (host: string) => boolean;
	readonly hasUrl: (written: string) => boolean;
}

/** What the request tells, read when it is asked for first. */
function factsOf({ segments }: RequestView): Facts {
	const words = once(() => segments.map(({ text }) => normalised(text)).join(" "));
	// Documents and tool results are where an attacker's host comes from.
	const own = once(() =>
		segments
			.filter(({ source }) => source === "system" || source === "user")
			.map(({ text }) => text.toLowerCase())
			.join("\n"),
	);
	return {
		words,
		hasHost: (host) => own().includes(host),
		hasUrl: (written) => segments.some(({ text }) => text.includes(written)),
	};
}

function once(make: () => string): () => string {
	let made: string | undefined;
	return () => {
		made ??= make();
		return made;
	};
}
