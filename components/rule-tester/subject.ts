import type * as z from "zod";
import type { UrlChanges } from "../../lib/client/use-url-state.ts";
import type { inspectionInput } from "../../lib/contracts/inspections.ts";
import type { EndpointId } from "../../proxy-core/contract/settled-record.ts";
import { endpointIds } from "../../proxy-core/contract/settled-record.ts";
import type { PolicyChange } from "./policy-change.ts";
import { isUnchanged } from "./policy-change.ts";

type Input = z.input<typeof inspectionInput>;
export type TextPlace = NonNullable<Input["source"]>;

export const subjectKinds = ["text", "body", "request"] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** What is judged and as what. Everything in it may stand in a link; what is said may not. */
export interface Subject {
	readonly kind: SubjectKind;
	/** Where a text stands. */
	readonly place: TextPlace;
	/** To which endpoint a body was sent. */
	readonly endpoint: EndpointId;
	/** Of a recorded request. */
	readonly requestId: string;
	/** In whose name; empty: nobody's. */
	readonly keyId: string;
}

/** What is said; stays on the page. */
export interface Said {
	readonly text: string;
	readonly body: string;
	readonly answer: string;
}

export const textPlaces = ["user", "system", "assistant", "tool-result"] as const;

const formEndpoints: readonly EndpointId[] = [
	"images.edits",
	"audio.transcriptions",
	"audio.translations",
];
const readingEndpoints: readonly EndpointId[] = ["models", "metrics"];

/** Those whose requests are JSON. */
export const judgedEndpoints = endpointIds.filter(
	(id) => !formEndpoints.includes(id) && !readingEndpoints.includes(id),
);

export function readSubject(params: { readonly get: (name: string) => string | null }): Subject {
	const requestId = params.get("request");
	const input = requestId === null ? params.get("input") : "request";
	return {
		kind: oneOf(subjectKinds, input, "text"),
		place: oneOf(textPlaces, params.get("place"), "user"),
		endpoint: oneOf(judgedEndpoints, params.get("endpoint"), "chat.completions"),
		requestId: requestId ?? "",
		keyId: params.get("key") ?? "",
	};
}

/** The same subject as an address remembers it; defaults are left out. */
export function subjectParams({ kind, place, endpoint, requestId, keyId }: Subject): UrlChanges {
	const isBody = kind === "body";
	return {
		input: kind === "text" || (kind === "request" && requestId !== "") ? null : kind,
		place: kind === "text" && place !== "user" ? place : null,
		endpoint: isBody && endpoint !== "chat.completions" ? endpoint : null,
		request: kind === "request" && requestId !== "" ? requestId : null,
		key: kind === "request" || keyId === "" ? null : keyId,
	};
}

/** Why it cannot be judged yet; undefined when it can. */
export function missing({ kind, requestId }: Subject, said: Said): string | undefined {
	if (kind === "request") return requestId === "" ? "Name a recorded request." : undefined;
	if (kind === "text") return said.text.trim() === "" ? "Write or paste a text." : undefined;
	if (said.body.trim() === "") return "Paste the body of a request.";
	try {
		const json: unknown = JSON.parse(said.body);
		const isObject = typeof json === "object" && json !== null && !Array.isArray(json);
		return isObject ? undefined : "The body must be a JSON object.";
	} catch {
		return "This is not valid JSON.";
	}
}

/** What is asked of the server. */
export function inspectionOf(
	{ kind, place, endpoint, requestId, keyId }: Subject,
	said: Said,
	change: PolicyChange,
): Input {
	const what: Readonly<Record<SubjectKind, Input>> = {
		text: { text: said.text, source: place },
		body: { body: said.body, endpoint },
		request: { requestId: requestId.trim() },
	};
	return {
		...what[kind],
		...(said.answer === "" ? {} : { answer: said.answer }),
		...(keyId === "" || kind === "request" ? {} : { keyId }),
		...(isUnchanged(change) ? {} : { change: { ...change } }),
	};
}

function oneOf<const Value extends string>(
	values: readonly Value[],
	value: string | null,
	fallback: Value,
): Value {
	return values.find((one) => one === value) ?? fallback;
}
