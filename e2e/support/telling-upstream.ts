import type {
	Script,
	ScriptedUpstream,
	SeenRequest,
} from "../../proxy-core/testing/upstream-script.ts";
import {
	completion,
	sendEvents,
	sendJson,
	startScriptedUpstream,
} from "../../proxy-core/testing/upstream-script.ts";

/** What it can be asked for, by the model's name. */
export const tellingModels = [
	"tells-in-answer",
	"tells-in-tool-call",
	"tells-in-error-400",
	"tells-in-error-401",
	"tells-in-error-404",
	"tells-in-error-429",
	"tells-in-error-500",
	"tells-in-plain-text",
	"tells-in-header",
	"tells-in-broken-json",
	"tells-in-stream-error",
	"hangs-up",
] as const;

/** An OpenAI-compatible provider that repeats the credential it was sent wherever it can. */
export async function startTellingUpstream(): Promise<ScriptedUpstream> {
	const upstream = await startScriptedUpstream();
	upstream.answer((response, seen) => scriptFor(seen)(response, seen));
	return upstream;
}

function scriptFor(seen: SeenRequest): Script {
	const credential = (seen.headers.authorization ?? "").replace("Bearer ", "");
	if (seen.path.endsWith("/models")) return listModels(credential);
	const body = JSON.parse(seen.body) as { model: string; stream?: boolean };
	const status = /^tells-in-error-(\d+)$/.exec(body.model)?.[1];
	if (status !== undefined) return sendJson(faultWith(credential), Number(status));
	switch (body.model) {
		case "tells-in-tool-call":
			return answerWith({ content: null, tool_calls: [toolCallWith(credential)] }, body.stream);
		case "tells-in-plain-text":
			return plainText(`Incorrect API key provided: ${credential}`, 502);
		case "tells-in-header":
			return (response) => {
				response.setHeader("x-request-id", credential);
				response.setHeader("set-cookie", `key=${credential}`);
				response.setHeader("x-debug-authorization", credential);
				response.writeHead(200, { "content-type": "application/json" });
				response.end(JSON.stringify(completion));
			};
		case "tells-in-broken-json":
			return plainText(`{"choices": [${credential}`, 200);
		case "tells-in-stream-error":
			return sendEvents([chunkWith({ content: "It begins. " }), faultWith(credential)]);
		case "hangs-up":
			return (response) => {
				response.destroy();
			};
		default:
			return answerWith({ content: `The key is ${credential}, is it not?` }, body.stream);
	}
}

function listModels(credential: string): Script {
	if (credential.endsWith("-refused")) return sendJson(faultWith(credential), 401);
	return sendJson({ object: "list", data: tellingModels.map((id) => ({ id, object: "model" })) });
}

function faultWith(credential: string): object {
	return {
		error: {
			message: `Incorrect API key provided: ${credential}. You can find your key at Bearer ${credential}.`,
			type: `invalid ${credential}`,
			param: `headers.authorization.${credential}`,
			code: `bad_key_${credential}`,
		},
	};
}

interface Message {
	readonly content: string | null;
	readonly tool_calls?: readonly object[];
}

function toolCallWith(credential: string) {
	return {
		index: 0,
		id: "call_1",
		type: "function",
		function: { name: "note", arguments: JSON.stringify({ text: credential }) },
	};
}

/** Streamed, the text comes in pieces of three characters, so that no event holds the credential. */
function answerWith(message: Message, isStreaming = false): Script {
	if (!isStreaming) {
		return sendJson({ ...completion, choices: [{ index: 0, finish_reason: "stop", message }] });
	}
	const pieces = (message.content ?? "").match(/.{1,3}/gsu) ?? [];
	return sendEvents([
		...pieces.map((content) => chunkWith({ content })),
		...(message.tool_calls === undefined ? [] : [chunkWith({ tool_calls: message.tool_calls })]),
		chunkWith({}, "stop"),
		"data: [DONE]\n\n",
	]);
}

function chunkWith(delta: object, finishReason: string | null = null): object {
	return {
		id: "chatcmpl-upstream",
		object: "chat.completion.chunk",
		created: 1,
		model: "telling",
		choices: [{ index: 0, delta, finish_reason: finishReason }],
	};
}

function plainText(text: string, status: number): Script {
	return (response) => {
		response.writeHead(status, { "content-type": "text/plain" });
		response.end(text);
	};
}
