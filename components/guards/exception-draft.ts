import { endpointIds } from "../../proxy-core/contract/settled-record.ts";
import { segmentSources } from "../../proxy-core/contract/verdict.ts";
import type { Exception } from "./guard-control.ts";

/** An exception as it stands in a form; an empty field is no condition. */
export interface ExceptionDraft {
	readonly rule: string;
	readonly keyId: string;
	readonly teamId: string;
	readonly endpoint: string;
	readonly source: string;
	readonly text: string;
	readonly note: string;
}

export function exceptionDraft(exception: Exception | undefined): ExceptionDraft {
	return {
		rule: exception?.rule ?? "",
		keyId: exception?.keyId ?? "",
		teamId: exception?.teamId ?? "",
		endpoint: exception?.endpoint ?? "",
		source: exception?.source ?? "",
		text: exception?.text ?? "",
		note: exception?.note ?? "",
	};
}

export interface ExceptionProblems {
	readonly text?: string;
	/** Of the exception as a whole. */
	readonly all?: string;
}

const textMin = 3;

export function exceptionProblems({ note: _, ...conditions }: ExceptionDraft): ExceptionProblems {
	const length = conditions.text.trim().length;
	if (length > 0 && length < textMin) return { text: `Use at least ${textMin} characters.` };
	if (Object.values(conditions).every((condition) => condition.trim() === "")) {
		return { all: "Name at least one: a rule, key, team, endpoint, place or text." };
	}
	return {};
}

/** What is stored: only the conditions that were named. */
export function toException(draft: ExceptionDraft): Exception {
	const endpoint = endpointIds.find((id) => id === draft.endpoint);
	const source = segmentSources.find((one) => one === draft.source);
	const text = draft.text.trim();
	return {
		...(draft.rule === "" ? {} : { rule: draft.rule }),
		...(draft.keyId === "" ? {} : { keyId: draft.keyId }),
		...(draft.teamId === "" ? {} : { teamId: draft.teamId }),
		...(endpoint === undefined ? {} : { endpoint }),
		...(source === undefined ? {} : { source }),
		...(text === "" ? {} : { text }),
		note: draft.note.trim(),
	};
}
