import * as z from "zod";
import type { Finding, FindingAction, TextSegment, Verdict } from "../../contract/verdict.ts";
import type { SegmentJudgement } from "../../shield/judge-segments.ts";
import { createSegmentJudge } from "../../shield/judge-segments.ts";
import { shippedDetector } from "../../shield/shipped-detector.ts";
import type { RequestView } from "../define-guard.ts";
import { defineGuard } from "../define-guard.ts";
import { askJudge, excerptAround } from "./ask-judge.ts";
import { promptInjectionRules } from "./rules.ts";

const configSchema = z.strictObject({
	blockAt: z.number().min(0.05).max(1).default(0.8).meta({
		title: "Certain from",
		description: "Score from which a text counts as an attack and is refused. Higher blocks less.",
	}),
	flagAt: z.number().min(0.05).max(1).default(0.5).meta({
		title: "Suspicious from",
		description: "Score from which a text is in the grey zone.",
	}),
	grey: z.enum(["flag", "judge", "block"]).default("flag").meta({
		title: "Grey zone",
		description: "Texts between the two scores: record them, ask a model, or refuse them.",
	}),
	judgeModel: z.string().max(300).default("").meta({
		title: "Judge model",
		description:
			"provider/model that is asked about the grey zone. It is sent the suspicious text, up to 6,000 characters of it.",
	}),
	judgeTimeoutMs: z.int().min(50).max(30_000).default(900).meta({
		title: "Time limit of the judge",
		description: "The guard's own time limit must be longer than this.",
		unit: "ms",
	}),
	judgeOnFailure: z.enum(["flag", "block"]).default("flag").meta({
		title: "When the judge does not answer",
		description: "What happens to the text without an answer, or without a judge model.",
	}),
});
type Config = z.infer<typeof configSchema>;

/** More grey texts than this in one request are not asked about; they count as unanswered. */
const questionsMax = 4;

/**
 * Prompt injection, jailbreaks and attempts to read the system prompt, judged text by text: what earlier
 * turns said never adds up against a caller here. Scores are calibrated: 0.5 and 0.8 stand for the false
 * alarms that the trained weights were set for.
 */
export const guard = defineGuard({
	id: "prompt-injection",
	title: "Prompt injection",
	summary: "Finds instructions that try to take a model over, wherever in a request they stand.",
	phases: ["request"],
	defaultMode: "enforce",
	rules: promptInjectionRules,
	holdBackMax: 0,
	config: configSchema,
	create(config) {
		const { judge } = createSegmentJudge({ detect: shippedDetector() });
		return {
			inspectRequest: (segments, view) => {
				const judgements = judge(segments, { tenant: view.tenant, signal: view.signal });
				const conclude = (all: readonly SegmentJudgement[]): Verdict | Promise<Verdict> =>
					conclusion(config, all, { segments, view });
				return judgements instanceof Promise ? judgements.then(conclude) : conclude(judgements);
			},
		};
	},
});

interface Asked {
	readonly segments: readonly TextSegment[];
	readonly view: RequestView;
}

interface Suspect extends SegmentJudgement {
	readonly segment: number;
}

function conclusion(
	config: Config,
	judgements: readonly SegmentJudgement[],
	asked: Asked,
): Verdict | Promise<Verdict> {
	const { flagAt, blockAt, grey } = config;
	const risks = judgements.map(({ score }) => score);
	const suspects = judgements
		.map((judgement, segment): Suspect => ({ ...judgement, segment }))
		.filter(({ score }) => score >= Math.min(flagAt, blockAt))
		// The surest finding names the rule that the caller is told.
		.sort((a, b) => b.score - a.score);
	const certain = suspects.filter(({ score }) => score >= blockAt);
	const unsure = suspects.filter(({ score }) => score < blockAt);
	const found = certain.flatMap((suspect) => findingsOf(suspect, "block"));
	// The request is refused whatever a judge would say.
	const isAsked = grey === "judge" && certain.length === 0 && unsure.length > 0;
	if (!isAsked) {
		const action = grey === "block" ? "block" : "flag";
		return { findings: [...found, ...unsure.flatMap((one) => findingsOf(one, action))], risks };
	}
	const answers = unsure.map((suspect, rank) => askedAbout(suspect, { config, asked, rank }));
	return Promise.all(answers).then((judged) => ({ findings: judged.flat(), risks }));
}

interface Question {
	readonly config: Config;
	readonly asked: Asked;
	readonly rank: number;
}

async function askedAbout(
	suspect: Suspect,
	{ config, asked, rank }: Question,
): Promise<readonly Finding[]> {
	const { judgeModel: model, judgeTimeoutMs: timeoutMs, judgeOnFailure } = config;
	if (model === "" || rank >= questionsMax) return findingsOf(suspect, judgeOnFailure);
	const { text = "" } = asked.segments[suspect.segment] ?? {};
	const { start = 0, end = 0 } = suspect.evidence[0] ?? {};
	const answer = await askJudge({ model, timeoutMs }, excerptAround(text, start, end), asked.view);
	if (answer === "harmless") return [];
	return findingsOf(suspect, answer === "attack" ? "block" : judgeOnFailure);
}

function findingsOf(
	{ evidence, score, segment }: Suspect,
	action: FindingAction,
): readonly Finding[] {
	const rounded = Math.round(score * 1000) / 1000;
	return evidence.map(({ rule, start, end }) => ({
		rule,
		segment,
		start,
		end,
		score: rounded,
		action,
	}));
}
