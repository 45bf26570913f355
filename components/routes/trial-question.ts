import type { RouteQuestion } from "../../lib/client/routes.ts";
import { endpointIds } from "../../proxy-core/contract/settled-record.ts";

/** What the form holds, and the address remembers. Empty where nothing was chosen. */
export interface TrialDraft {
	readonly model: string;
	readonly key: string;
	readonly session: string;
	readonly endpoint: string;
	readonly tokens: string;
}

export const trialFields = ["model", "key", "session", "endpoint", "tokens"] as const;

const tokensMax = 10_000_000;

export function draftFrom(params: Pick<URLSearchParams, "get">): TrialDraft {
	const text = (name: (typeof trialFields)[number]) => params.get(name) ?? "";
	return {
		model: text("model"),
		key: text("key"),
		session: text("session"),
		endpoint: text("endpoint"),
		tokens: text("tokens"),
	};
}

/** What is wrong with the number of tokens; undefined when nothing is. */
export function tokensIssue(tokens: string): string | undefined {
	if (tokens.trim() === "") return undefined;
	const value = Number(tokens);
	return Number.isInteger(value) && value >= 0 && value <= tokensMax
		? undefined
		: "A whole number from 0 to 10,000,000.";
}

/** The question for the API; undefined while there is no model to ask for. */
export function questionOf(draft: TrialDraft): RouteQuestion | undefined {
	const model = draft.model.trim();
	if (model === "" || tokensIssue(draft.tokens) !== undefined) return undefined;
	const endpoint = endpointIds.find((id) => id === draft.endpoint);
	return {
		model,
		...(draft.key === "" ? {} : { keyId: draft.key }),
		...(draft.session.trim() === "" ? {} : { session: draft.session.trim() }),
		...(endpoint === undefined ? {} : { endpoint }),
		...(draft.tokens.trim() === "" ? {} : { inputTokens: Number(draft.tokens) }),
	};
}
