import * as z from "zod";
import type { Finding, TextSegment, Verdict } from "../../contract/verdict.ts";
import type { SegmentJudgement } from "../../shield/judge-segments.ts";
import { createSegmentJudge } from "../../shield/judge-segments.ts";
import { shippedDetector } from "../../shield/shipped-detector.ts";
import type { RequestView } from "../define-guard.ts";
import { defineGuard } from "../define-guard.ts";
import type { HeavyOpinion } from "./ask-classifier.ts";
import { createConsultation } from "./ask-classifier.ts";
import { askJudge, judgedCharsMax } from "./ask-judge.ts";
import { classifierConfig } from "./classifier-config.ts";
import { excerptAround } from "./excerpt-around.ts";
import { promptInjectionRules } from "./rules.ts";
import type { Suspect } from "./suspects.ts";
import { findingsOf, findSuspects, risksOf } from "./suspects.ts";

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
	classifier: classifierConfig,
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
		const consult = createConsultation(config.classifier);
		const secondOpinion = (judgements: readonly SegmentJudgement[], asked: Asked) => {
			// The request is refused whatever others would say.
			if (judgements.some(({ score }) => score >= config.blockAt)) return undefined;
			const isGrey = ({ score }: SegmentJudgement): boolean => score >= config.flagAt;
			return consult({ ...asked, judgements, isGrey });
		};
		return {
			inspectRequest: (segments, view) => {
				const judgements = judge(segments, { tenant: view.tenant, signal: view.signal });
				const conclude = (all: readonly SegmentJudgement[]): Verdict | Promise<Verdict> => {
					const asked = { segments, view };
					const opinion = view.services.classifier && secondOpinion(all, asked);
					if (opinion === undefined) return conclusion(config, all, asked);
					return opinion.then((heavy) => conclusion(config, all, { ...asked, heavy }));
				};
				return judgements instanceof Promise ? judgements.then(conclude) : conclude(judgements);
			},
		};
	},
});

interface Asked {
	readonly segments: readonly TextSegment[];
	readonly view: RequestView;
	/** Absent when nobody asked the heavy classifier. */
	readonly heavy?: HeavyOpinion;
}

function conclusion(
	config: Config,
	judgements: readonly SegmentJudgement[],
	asked: Asked,
): Verdict | Promise<Verdict> {
	const { grey } = config;
	const { scores, failure } = asked.heavy ?? {};
	const suspects = findSuspects(judgements, config, scores);
	const rest = {
		risks: risksOf(judgements, config.classifier, scores),
		...(failure !== undefined && { failure }),
	};
	const certain = suspects.filter(({ isCertain }) => isCertain);
	const unsure = suspects.filter(({ isCertain }) => !isCertain);
	// The request is refused whatever a judge would say.
	const isAsked = grey === "judge" && certain.length === 0 && unsure.length > 0;
	if (!isAsked) {
		const action = grey === "block" ? "block" : "flag";
		const ordered = [...certain, ...unsure];
		return { findings: ordered.flatMap((suspect) => findingsOf(suspect, action)), ...rest };
	}
	const answers = unsure.map((suspect, rank) => askedAbout(suspect, { config, asked, rank }));
	return Promise.all(answers).then((judged) => ({ findings: judged.flat(), ...rest }));
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
	const place = suspect.evidence[0] ?? { start: 0, end: 0 };
	const excerpt = excerptAround(text, place, judgedCharsMax);
	const answer = await askJudge({ model, timeoutMs }, excerpt.text, asked.view);
	if (answer === "harmless") return [];
	return findingsOf(suspect, answer === "attack" ? "block" : judgeOnFailure);
}
