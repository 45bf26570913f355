import * as z from "zod";
import type { Finding, TextSegment, Verdict } from "../../contract/verdict.ts";
import { defineGuard } from "../define-guard.ts";
import { createCredentialScanner } from "./credential-scanner.ts";
import { armouredCharsMax } from "./private-key.ts";

/**
 * Credentials of model providers and common services, in answers and in requests. Known by their
 * fixed starts, so encoded or deliberately broken up ones pass. `holdBackMax` is the longest private
 * key that can be cut out; a longer one ends the answer. Other credentials are far shorter.
 */
export const guard = defineGuard({
	id: "secret-leak",
	title: "Secret leak",
	summary: "Keeps API keys, access tokens and private keys from leaving in a model's answer.",
	phases: ["request", "answer"],
	isOnByDefault: true,
	holdBackMax: armouredCharsMax,
	config: z.strictObject({
		action: z.enum(["flag", "redact", "block"]).default("redact").meta({
			title: "Credential in an answer",
			description: "Record it only, replace it by a mark, or withhold the answer.",
		}),
		requestAction: z.enum(["ignore", "flag", "redact", "block"]).default("flag").meta({
			title: "Credential in a request",
			description: "What to do when a caller sends one to a model.",
		}),
	}),
	create({ action, requestAction }) {
		const scanner = createCredentialScanner();
		return {
			inspect: (segments) => {
				let verdict: Verdict = { action: "allow" };
				for (const [index, segment] of segments.entries()) {
					const wanted = isAnswer(segment) ? action : requestAction;
					if (wanted === "ignore") continue;
					verdict = joined(verdict, judged(scanner.find(segment.text), wanted, index));
				}
				return verdict;
			},
			holdFrom: (text) => scanner.mayBeginAt(text),
		};
	},
});

type FoundCredentials = ReturnType<ReturnType<typeof createCredentialScanner>["find"]>;

function judged(
	found: FoundCredentials,
	action: "flag" | "redact" | "block",
	segment: number,
): Verdict {
	if (found.length === 0) return { action: "allow" };
	const findings: Finding[] = found.map(({ rule, start, end }) => ({
		rule,
		segment,
		start,
		end,
		score: 1,
	}));
	if (action !== "redact") return { action, findings };
	if (found.some(({ isEndless }) => isEndless)) return { action: "block", findings };
	const edits = findings.map(({ rule, start, end }) => ({
		segment,
		start,
		end,
		replacement: `[REDACTED:${rule}]`,
	}));
	return { action, findings, edits };
}

/** A request's texts and an answer's never come in one call, so the actions met here differ by `block` only. */
function joined(a: Verdict, b: Verdict): Verdict {
	if (b.action === "allow") return a;
	if (a.action === "allow") return b;
	const findings = [...a.findings, ...b.findings];
	if (a.action === "block" || b.action === "block") return { action: "block", findings };
	if (a.action === "redact" && b.action === "redact") {
		return { action: "redact", findings, edits: [...a.edits, ...b.edits] };
	}
	return { action: "flag", findings };
}

function isAnswer({ source }: TextSegment): boolean {
	return source === "answer" || source === "answer-reasoning" || source === "answer-tool-call";
}
