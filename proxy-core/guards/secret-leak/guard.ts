import * as z from "zod";
import type { Finding, FindingAction, TextSegment, Verdict } from "../../contract/verdict.ts";
import { nothingFound } from "../../contract/verdict.ts";
import type { Steps } from "../../text/take-turns.ts";
import { finish, takeTurns } from "../../text/take-turns.ts";
import { defineGuard } from "../define-guard.ts";
import type { Credential } from "./credential.ts";
import { certainFrom } from "./credential.ts";
import type { CredentialScanner } from "./credential-scanner.ts";
import { createCredentialScanner } from "./credential-scanner.ts";
import { armouredCharsMax } from "./private-key.ts";
import { createPromptMemory } from "./prompt-secrets.ts";
import { credentialRules } from "./rules.ts";

const actions = ["flag", "redact", "block"] as const;

/**
 * Credentials in answers and in requests: by their fixed starts, by the name beside a value that looks
 * random, in addresses, and private keys. Encoded or deliberately broken up ones pass. `holdBackMax`
 * is the longest private key that can be cut out; a longer one ends the answer. Other credentials are
 * far shorter.
 */
export const guard = defineGuard({
	id: "secret-leak",
	title: "Secret leak",
	summary:
		"Keeps API keys, access tokens, passwords and private keys from leaving in a model's answer, and shows which ones are sent to models.",
	phases: ["request", "answer"],
	defaultMode: "enforce",
	rules: credentialRules,
	holdBackMax: armouredCharsMax,
	config: z.strictObject({
		action: z.enum(actions).default("redact").meta({
			title: "Credential in an answer",
			description: "Record it only, replace it by a mark, or withhold the answer.",
		}),
		passwordAction: z.enum(actions).default("flag").meta({
			title: "Likely password in an answer",
			description:
				"For values that only their name makes a secret, such as the sample passwords that models make up. One that stands in the system prompt is treated as a credential.",
		}),
		answersFromPrompt: z.enum(["allow", "treat"]).default("allow").meta({
			title: "Credential that the caller sent",
			description:
				"Whether an answer may repeat what stands in the conversation of the same request, as an assistant must that edits a configuration file. Never allowed for what only stands in the system prompt.",
		}),
		requestAction: z
			.enum(["ignore", ...actions])
			.default("flag")
			.meta({
				title: "Credential in a request",
				description: "What to do when a caller sends one to a model.",
			}),
	}),
	create({ action, passwordAction, answersFromPrompt, requestAction }) {
		const scanner = createCredentialScanner();
		return {
			inspectRequest: (segments) =>
				requestAction === "ignore"
					? nothingFound
					: takeTurns(verdictOf(scanner, segments, () => requestAction)),
			openAnswer: (request) => {
				const originOf = createPromptMemory(request.segments);
				const decide = ({ score }: Credential, text: string): FindingAction | undefined => {
					const isCertain = score >= certainFrom;
					if (isCertain && answersFromPrompt === "treat") return action;
					const origin = originOf(text);
					if (origin === "conversation" && answersFromPrompt === "allow") return undefined;
					return isCertain || origin === "instructions" ? action : passwordAction;
				};
				return {
					inspect: (segments) => finish(verdictOf(scanner, segments, decide)),
					holdFrom: scanner.mayBeginAt,
				};
			},
		};
	},
});

function* verdictOf(
	scanner: CredentialScanner,
	segments: readonly TextSegment[],
	decide: (credential: Credential, text: string) => FindingAction | undefined,
): Steps<Verdict> {
	let findings: Finding[] | undefined;
	for (let segment = 0; segment < segments.length; segment += 1) {
		const text = segments[segment]?.text ?? "";
		for (const credential of yield* scanner.findInSteps(text)) {
			const { rule, start, end, score, isEndless } = credential;
			const wanted = decide(credential, text.slice(start, end));
			if (wanted === undefined) continue;
			// What cannot be cut out whole must not leave at all.
			const action = isEndless && wanted === "redact" ? "block" : wanted;
			findings ??= [];
			findings.push({ rule, segment, start, end, score, action });
		}
	}
	return findings === undefined ? nothingFound : { findings };
}
