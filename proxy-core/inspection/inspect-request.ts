import type { EndpointId, FindingRecord, StoredStage } from "../contract/settled-record.ts";
import type { TextSegment, VerdictAction } from "../contract/verdict.ts";
import type { CallerDialect } from "../dialects/define-dialect.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import { openAnswer } from "../guards/run-guards.ts";
import type { Exchange } from "../http/exchange.ts";
import { readViews } from "../normalise/read-views.ts";
import type { CipherReader } from "../normalise/undo-ciphers.ts";
import { createCipherReader } from "../normalise/undo-ciphers.ts";
import type {
	Caller,
	Identified,
	Masked,
	Parsed,
	Read,
	Received,
	Shielded,
	Watched,
} from "../pipeline/context.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { createTrace } from "../pipeline/trace.ts";
import { createRestorer } from "../privacy/restore-answer.ts";
import type { Snapshot } from "../snapshot.ts";
import { judgeWhole } from "../streams/judge-whole.ts";
import { valueAt } from "./value-at.ts";

/** A request to be judged and not sent; its policy need not be the one in force. */
export interface InspectionInput {
	readonly requestId: string;
	readonly endpoint: EndpointId;
	/** JSON, as a caller would send it. */
	readonly body: Uint8Array;
	readonly caller: Caller;
	readonly snapshot: Snapshot;
	readonly ip?: string;
	/** Lower-case names. */
	readonly headers?: Readonly<Record<string, string>>;
	/** Judged by the answer guards as if a model had said it. */
	readonly answer?: string;
	/** Tells how detectors read each text; costs about as much as judging it. */
	readonly withViews?: boolean;
	readonly signal?: AbortSignal;
}

/** One reading of a text: plain, or what was hidden in it. */
export interface InspectedView {
	readonly text: string;
	/** How it was hidden, outermost first; empty for the text itself. */
	readonly encodings: readonly string[];
}

export interface InspectedSegment extends TextSegment {
	/** As it would have been sent on. */
	readonly edited: string;
	/** 0 to 1; undefined when no guard says. */
	readonly risk: number | undefined;
	/** Empty unless asked for, and for long texts: their readings would be many times their size. */
	readonly views: readonly InspectedView[];
}

/** What the security stages say about a request. */
export interface Inspection {
	readonly action: VerdictAction;
	/** Set when the caller would have got an error. */
	readonly refusal:
		| { readonly status: number; readonly code: string; readonly message: string }
		| undefined;
	readonly stages: readonly StoredStage[];
	readonly findings: readonly FindingRecord[];
	/** Empty when the body cannot be read. */
	readonly segments: readonly InspectedSegment[];
	/** The answer as it would have left; undefined when none was given, or it would have been withheld. */
	readonly answer: string | undefined;
	/** Microseconds in all stages together. */
	readonly durationUs: number;
}

/** What the stages of an inspection start from: everything up to the body is taken for granted. */
export type Inspected = Received & Identified & Read & Watched;
export type InspectionStages = Pipeline<Inspected, Inspected & Parsed & Shielded & Masked>;

/** Nobody is held to account for a request that is only tried. */
const unwatched: Watched = {
	actors: [],
	labels: { endUser: undefined, session: undefined },
	fingerprint: undefined,
	country: undefined,
	edgeScore: 0,
};

const viewedCharsMax = 20_000;

/**
 * Runs the gateway's own security stages over a request, with no effect but the result: nothing is
 * counted, recorded or sent. Throws `request.invalid` for an endpoint without JSON.
 */
export function createInspector(
	stages: InspectionStages,
	dialectOf: (endpoint: EndpointId) => CallerDialect | undefined,
): (input: InspectionInput) => Promise<Inspection> {
	const ciphers = createCipherReader();
	return async (input) => {
		const dialect = dialectOf(input.endpoint);
		if (dialect === undefined) {
			throw new GatewayError("request.invalid", {
				param: "endpoint",
				message: `Requests to ${input.endpoint} cannot be inspected.`,
			});
		}
		const startedAt = performance.now();
		const trace = createTrace(startedAt);
		const { requestId, endpoint, snapshot, caller, body } = input;
		const exchange = silentExchange(input);
		const start = { requestId, receivedAt: 0, endpoint, dialect, exchange, snapshot, trace };
		const run = await stages.run({ ...start, ...unwatched, caller, body }, trace);
		const answer = run.ok ? await judgedAnswer(run.context, input) : undefined;
		const durationUs = Math.round((performance.now() - startedAt) * 1000);
		return {
			action: trace.action(),
			refusal: run.ok ? undefined : refusalOf(run.error),
			stages: trace.stages,
			findings: trace.findings,
			segments: segmentsOf(
				{ ...run.context, request: run.context.request ?? unjudged(dialect, body) },
				input.withViews === true ? ciphers : undefined,
			),
			answer,
			durationUs,
		};
	};
}

function refusalOf(error: unknown): Inspection["refusal"] {
	if (!GatewayError.is(error)) throw error;
	return { status: error.status, code: error.code, message: error.message };
}

/** What a request says that was refused before it was parsed. */
function unjudged(dialect: CallerDialect, body: Uint8Array): Told["request"] {
	try {
		const json = JSON.parse(Buffer.from(body).toString("utf8"));
		return { json, segments: dialect.readRequest(json).segments };
	} catch {
		return undefined;
	}
}

interface Told extends Partial<Pick<Shielded, "risks" | "cleared"> & Pick<Masked, "masked">> {
	readonly request: Pick<Parsed["request"], "json" | "segments"> | undefined;
}

function segmentsOf(
	{ request, risks, cleared, masked }: Told,
	ciphers: CipherReader | undefined,
): readonly InspectedSegment[] {
	if (request === undefined) return [];
	const { json } = masked ?? cleared ?? request;
	return request.segments.map((segment, index) => {
		const value = valueAt(json, segment.path);
		return {
			...segment,
			edited: typeof value === "string" ? value : segment.text,
			risk: risks?.[index],
			views: ciphers === undefined ? [] : viewsOf(segment.text, ciphers),
		};
	});
}

function viewsOf(text: string, ciphers: CipherReader): readonly InspectedView[] {
	if (text.length > viewedCharsMax) return [];
	return readViews(text, ciphers).map((view) => ({ text: view.text, encodings: view.encodings }));
}

async function judgedAnswer(
	{ snapshot, view, vault, trace }: Readonly<Received & Shielded & Masked>,
	{ answer: text }: InspectionInput,
): Promise<string | undefined> {
	if (text === undefined) return undefined;
	const frames = await judgeWhole([{ events: [{ type: "text", choice: 0, text }] }], {
		guards: openAnswer(snapshot.guards, view),
		request: view,
		decided: ({ action, findings }) => trace.decided(action, findings),
	});
	if (frames === undefined) return undefined;
	const restorer = createRestorer(vault);
	return [...restorer.push(frames), ...restorer.flush()]
		.flatMap(({ events }) => events.map((event) => ("text" in event ? event.text : "")))
		.join("");
}

/** Looks like a request to whoever reads it; nothing can be written. */
function silentExchange({ ip = "127.0.0.1", headers = {}, signal }: InspectionInput): Exchange {
	const nothing = () => {};
	return {
		incoming: {
			method: "POST",
			path: "/",
			headers,
			ip,
			signal: signal ?? new AbortController().signal,
			readBody: async () => new Uint8Array(),
		},
		outgoing: {
			begin: nothing,
			write: () => undefined,
			end: nothing,
			abort: nothing,
			hasBegun: () => false,
			bytesSent: () => 0,
		},
	};
}
