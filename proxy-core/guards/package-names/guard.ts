import * as z from "zod";
import type { Finding, TextSegment, Verdict } from "../../contract/verdict.ts";
import { findingActions, nothingFound } from "../../contract/verdict.ts";
import type { RequestView } from "../define-guard.ts";
import { defineGuard } from "../define-guard.ts";
import type { RegistryDesk } from "./ask-registry.ts";
import { createRegistryDesk } from "./ask-registry.ts";
import type { FindLookalike } from "./lookalikes.ts";
import { createLookalikes } from "./lookalikes.ts";
import type { Mention } from "./read-mentions.ts";
import { ecosystems, readMentions } from "./read-mentions.ts";

const names = z.array(z.string().min(1).max(214)).max(5000).default([]);

const config = z.strictObject({
	action: z.enum(findingActions).default("flag").meta({ title: "Such a package in an answer" }),
	isComparing: z.boolean().default(true).meta({
		title: "Compare with well-known names",
		description: "A name one slip away from a well-known package, and not known itself.",
	}),
	blockedNames: names.meta({ title: "Blocked packages" }),
	privatePrefixes: names.meta({
		title: "Private names",
		description: "Names that begin so are yours: never compared and never looked up.",
	}),
	registryLookup: z.boolean().default(false).meta({
		title: "Ask registries",
		description:
			"Looks names up at the addresses below. Whoever runs those registries sees which packages your answers name.",
	}),
	registries: z
		.array(
			z.strictObject({
				ecosystem: z.enum(ecosystems),
				url: z
					.string()
					.max(500)
					.regex(/^https?:\/\/[^\s]+\{(?:name|artifact)\}/)
					.meta({ description: "With {name} in it; for Maven {group} and {artifact}." }),
			}),
		)
		.max(16)
		.default([])
		.meta({ title: "Registries" }),
	lookupTimeoutMs: z.int().min(50).max(10_000).default(800).meta({
		title: "Longest look-up",
		description:
			"Shorter than the guard's own time limit. Without an answer a name counts as real.",
		unit: "ms",
	}),
});

/** Answers that tell to install packages which are made up, or named to be mistaken for others. */
export const guard = defineGuard({
	id: "package-names",
	title: "Package names",
	summary: "Finds packages in an answer's commands and code that do not exist or imitate others.",
	phases: ["answer"],
	defaultMode: "enforce",
	rules: [
		{ id: "blocked-package", title: "Blocked package", category: "supply-chain", severity: "high" },
		{
			id: "lookalike-package",
			title: "Name like that of a well-known package",
			category: "supply-chain",
			severity: "medium",
		},
		{
			id: "unknown-package",
			title: "Package that its registry does not know",
			category: "supply-chain",
			severity: "medium",
		},
	],
	holdBackMax: 256,
	config,
	create: (settings) => {
		const desk = settings.registryLookup
			? createRegistryDesk(settings.registries, settings.lookupTimeoutMs)
			: undefined;
		const judge: Judge = {
			settings,
			desk,
			findLookalike: settings.isComparing ? createLookalikes() : () => undefined,
			blocked: new Set(settings.blockedNames.map((name) => name.toLowerCase())),
		};
		return {
			openAnswer: (request) => ({
				inspect: (segments) => inspect(segments, request, judge),
				holdFrom: (text, _source, run) => openAt(text, run?.before ?? ""),
			}),
		};
	},
});

type Rule = "blocked-package" | "lookalike-package" | "unknown-package";

interface Judge {
	readonly settings: z.infer<typeof config>;
	readonly desk: RegistryDesk | undefined;
	readonly findLookalike: FindLookalike;
	readonly blocked: ReadonlySet<string>;
}

interface Placed extends Mention {
	readonly segment: number;
}

/** Of one text; an answer that names more is a lock file. */
const mentionsMax = 500;
/** A list of dependencies can be long; what is beyond is not looked up. */
const lookUpsMax = 20;

function inspect(
	segments: readonly TextSegment[],
	request: RequestView,
	judge: Judge,
): Verdict | Promise<Verdict> {
	const mentions = segments.flatMap(({ text, run }, segment) =>
		mentionsIn(text, run?.before ?? "")
			.filter(({ isOpen }) => !isOpen || run?.isComplete !== false)
			.slice(0, mentionsMax)
			.map((mention): Placed => ({ ...mention, segment })),
	);
	if (mentions.length === 0) return nothingFound;
	const { desk, settings } = judge;
	const finding = (rule: Rule, { segment, start, end }: Placed, score: number): Finding => {
		return { rule, segment, start, end, score, action: settings.action };
	};
	const findings: Finding[] = [];
	const unsure: Placed[] = [];
	for (const mention of mentions) {
		if (settings.privatePrefixes.some((prefix) => mention.name.startsWith(prefix))) continue;
		if (judge.blocked.has(mention.name.toLowerCase()))
			findings.push(finding("blocked-package", mention, 1));
		else if (judge.findLookalike(mention.ecosystem, mention.name) !== undefined) {
			findings.push(finding("lookalike-package", mention, 0.7));
		} else unsure.push(mention);
	}
	if (desk === undefined || unsure.length === 0) return { findings };
	const asked = unsure.slice(0, lookUpsMax).map((mention) => ({
		mention,
		answer: desk.mayExist(request.services, mention.ecosystem, mention.name),
	}));
	return Promise.all(asked.map(({ answer }) => answer)).then((answers) => {
		const missing = asked.filter((_, index) => answers[index] === false);
		const unknown = missing.map(({ mention }) => finding("unknown-package", mention, 0.9));
		return { findings: [...findings, ...unknown] };
	});
}

/** Of the line that goes on from what left, and of the text. */
function mentionsIn(text: string, before: string): readonly Mention[] {
	const line = before.slice(before.lastIndexOf("\n") + 1);
	return readMentions(line + text)
		.filter(({ end }) => end > line.length)
		.map((mention) => ({
			...mention,
			start: Math.max(0, mention.start - line.length),
			end: mention.end - line.length,
		}));
}

function openAt(text: string, before: string): number {
	return mentionsIn(text, before).find(({ isOpen }) => isOpen)?.start ?? text.length;
}
