import type { EndpointId } from "../contract/settled-record.ts";
import { toneWav } from "../providers/simulator/tone.ts";

/** Everything that stands between a caller and a model. Signatures have a test of their own. */
export type Control =
	| "authentication"
	| "permission"
	| "kill-switch"
	| "threats"
	| "firewall"
	| "shield"
	| "privacy"
	| "ring:ingress"
	| "ring:pre-flight"
	| "ring:routing"
	| "ring:post-flight"
	| "rate-limit"
	| "budget"
	| "output-guard"
	| "ledger";

export interface EndpointRow {
	readonly method: "GET" | "POST";
	readonly path: string;
	/** Where streams are asked for, when it is not in the body. */
	readonly streamPath?: string;
	/** The body of a request in which `text` is what the user says. */
	readonly body?: (text: string, isStreaming: boolean) => object | FormData;
	/** Whether its answers can be streams. */
	readonly streams?: true;
	/** Controls that do not apply, and why. */
	readonly without?: Readonly<Partial<Record<Control, string>>>;
}

const model = "sim/echo";
const noText = "its answer has no text";
const noBody = "it takes no body";
const noModel = "no model is asked";
const withoutModel = {
	"ring:routing": noModel,
	budget: noModel,
	"output-guard": noModel,
} as const;
const withoutBody = {
	...withoutModel,
	firewall: noBody,
	shield: noBody,
	privacy: noBody,
	"ring:ingress": noBody,
	"ring:pre-flight": noBody,
	"ring:post-flight": noBody,
} as const;

function form(fields: Readonly<Record<string, string>>, file: string): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.append(name, value);
	// Sound serves as an image as well: nobody here looks into files.
	data.append(file, new Blob([new Uint8Array(toneWav(4))], { type: "audio/wav" }), "tone.wav");
	return data;
}

export function pathOf({ path, streamPath = path }: EndpointRow, isStreaming: boolean): string {
	return isStreaming ? streamPath : path;
}

/** How each endpoint is called. One without a row fails the test that walks the gateway's stages. */
export const endpointRows: Readonly<Record<EndpointId, EndpointRow>> = {
	"chat.completions": {
		method: "POST",
		path: "/v1/chat/completions",
		body: (content, stream) => ({ model, stream, messages: [{ role: "user", content }] }),
		streams: true,
	},
	completions: {
		method: "POST",
		path: "/v1/completions",
		body: (prompt, stream) => ({ model, stream, prompt }),
		streams: true,
	},
	responses: {
		method: "POST",
		path: "/v1/responses",
		body: (input, stream) => ({ model, stream, input }),
		streams: true,
	},
	messages: {
		method: "POST",
		path: "/v1/messages",
		body: (content, stream) => ({
			model,
			stream,
			max_tokens: 100,
			messages: [{ role: "user", content }],
		}),
		streams: true,
	},
	"messages.count_tokens": {
		method: "POST",
		path: "/v1/messages/count_tokens",
		body: (content) => ({ model, messages: [{ role: "user", content }] }),
		without: { ...withoutModel, "ring:post-flight": noText },
	},
	generate_content: {
		method: "POST",
		path: `/v1beta/models/${model}:generateContent`,
		streamPath: `/v1beta/models/${model}:streamGenerateContent?alt=sse`,
		body: (text) => ({ contents: [{ role: "user", parts: [{ text }] }] }),
		streams: true,
	},
	"generate_content.count_tokens": {
		method: "POST",
		path: `/v1beta/models/${model}:countTokens`,
		body: (text) => ({ contents: [{ role: "user", parts: [{ text }] }] }),
		without: { ...withoutModel, "ring:post-flight": noText },
	},
	embeddings: {
		method: "POST",
		path: "/v1/embeddings",
		body: (input) => ({ model, input }),
		without: { "output-guard": noText },
	},
	moderations: {
		method: "POST",
		path: "/v1/moderations",
		body: (input) => ({ input }),
		without: {
			...withoutModel,
			shield: "what the guards say is its answer",
			privacy: "nothing leaves the gateway",
		},
	},
	"images.generations": {
		method: "POST",
		path: "/v1/images/generations",
		body: (prompt, stream) => ({ model, stream, prompt }),
		streams: true,
	},
	"images.edits": {
		method: "POST",
		path: "/v1/images/edits",
		body: (prompt, stream) => form({ model, prompt, stream: String(stream) }, "image"),
		streams: true,
	},
	"audio.speech": {
		method: "POST",
		path: "/v1/audio/speech",
		body: (input, stream) => ({ model, input, ...(stream && { stream_format: "sse" }) }),
		streams: true,
		without: { "output-guard": noText },
	},
	"audio.transcriptions": {
		method: "POST",
		path: "/v1/audio/transcriptions",
		body: (prompt, stream) => form({ model, prompt, stream: String(stream) }, "file"),
		streams: true,
	},
	"audio.translations": {
		method: "POST",
		path: "/v1/audio/translations",
		body: (prompt) => form({ model, prompt }, "file"),
	},
	rerank: {
		method: "POST",
		path: "/v1/rerank",
		body: (query) => ({ model, query, documents: ["a text"], return_documents: true }),
	},
	models: { method: "GET", path: "/v1/models", without: withoutBody },
	metrics: {
		method: "GET",
		path: "/metrics",
		without: {
			...withoutBody,
			"kill-switch": "operators watch while traffic is stopped",
			"rate-limit": "it serves no traffic",
			ledger: "it serves no traffic",
		},
	},
};
