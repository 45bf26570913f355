import type { FieldIssue } from "../../lib/client/problem.ts";
import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";
import { updateEndpoint } from "../../lib/contracts/endpoints.ts";
import type { TimeoutName } from "./timeout-words.ts";
import { timeoutNames } from "./timeout-words.ts";
import type { EndpointChange } from "./use-update-endpoint.ts";

/** What the form holds: numbers as they are typed. */
export interface EndpointDraft {
	readonly priority: string;
	/** Empty: the installation's. */
	readonly timeouts: Readonly<Record<TimeoutName, string>>;
}

export function draftOf({ priority, timeouts }: TargetEndpoint): EndpointDraft {
	const text = (name: TimeoutName) => (timeouts[name] === null ? "" : String(timeouts[name]));
	return {
		priority: String(priority),
		timeouts: {
			connectMs: text("connectMs"),
			firstByteMs: text("firstByteMs"),
			idleMs: text("idleMs"),
			totalMs: text("totalMs"),
		},
	};
}

export type DraftCheck =
	| { readonly ok: true; readonly input: EndpointChange }
	| { readonly ok: false; readonly issues: readonly FieldIssue[] };

/** The draft as the contract wants it, or what is wrong by dotted path (`timeouts.idleMs`). */
export function checkDraft({ priority, timeouts }: EndpointDraft): DraftCheck {
	const parsed = updateEndpoint.body.safeParse({
		priority: numberOf(priority),
		timeouts: Object.fromEntries(
			timeoutNames.map((name) => [
				name,
				timeouts[name].trim() === "" ? null : numberOf(timeouts[name]),
			]),
		),
	});
	if (parsed.success) return { ok: true, input: parsed.data };
	return {
		ok: false,
		issues: parsed.error.issues.map(({ path, message, code }) => ({
			path: path.join("."),
			message: code === "invalid_type" ? "A whole number." : message,
		})),
	};
}

function numberOf(text: string): number {
	return text.trim() === "" ? Number.NaN : Number(text);
}
