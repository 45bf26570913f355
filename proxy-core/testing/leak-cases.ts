import { toneWav } from "../providers/simulator/tone.ts";

/** One of each, as people write them. */
export const everything = [
	"Katharina Vogelsang",
	"k.vogelsang@example.org",
	"DE89 3704 0044 0532 0130 00",
	"4111 1111 1111 1111",
	"536-90-4399",
	"+49 30 90182034",
	"84.16.252.201",
];
export const story = `My name is ${everything[0]}. Write to ${everything[1]}, pay to IBAN ${everything[2]} or with card ${everything[3]}. My SSN is ${everything[4]}, my phone ${everything[5]}, my server ${everything[6]}.`;

/** An address that nobody else has, so that what leaks says where from. */
export function mailOf(place: string): string {
	return `anna.${place}@example.org`;
}
const say = (place: string) => `Contact ${mailOf(place)} about it.`;
const json = (place: string) =>
	JSON.stringify({ to: mailOf(place), "note\n": `\nAnd "${mailOf(`${place}-escaped`)}"` });

export interface Case {
	readonly name: string;
	readonly path: string;
	/** Where streams are asked for, when it is not in the body. */
	readonly streamPath?: string;
	readonly body: (isStreaming: boolean) => object | FormData;
	/** Raw values in the body. */
	readonly values: readonly string[];
	/** False: its answers hold no text. */
	readonly restores?: false;
	readonly streams?: false;
}

export function chatCase(model: string, isOpenai: boolean): Case {
	const schema = {
		type: "object",
		properties: { q: { type: "string", description: say("schema") } },
	};
	const places = [
		"system",
		"user",
		"part",
		"assistant",
		"tool-call",
		"tool-call-escaped",
		"tool-result",
		"tool-result-escaped",
		"description",
		"schema",
	];
	return {
		name: `chat completions at ${model}`,
		path: "/v1/chat/completions",
		values: [...everything, ...[...places, ...(isOpenai ? ["metadata"] : [])].map(mailOf)],
		body: (stream) => ({
			model,
			stream,
			...(isOpenai && { metadata: { team: say("metadata") }, user: mailOf("end-user") }),
			messages: [
				{ role: "system", content: say("system") },
				{ role: "user", content: say("user") },
				{
					role: "assistant",
					content: say("assistant"),
					tool_calls: [
						{
							id: "call_1",
							type: "function",
							function: { name: "note", arguments: json("tool-call") },
						},
					],
				},
				{ role: "tool", tool_call_id: "call_1", content: json("tool-result") },
				{
					role: "user",
					content: [
						{ type: "text", text: say("part") },
						{ type: "text", text: story },
					],
				},
			],
			tools: [
				{
					type: "function",
					function: { name: "note", description: say("description"), parameters: schema },
				},
			],
		}),
	};
}

export function messagesCase(model: string): Case {
	const places = ["system", "user", "assistant", "tool-call", "tool-result", "description"];
	return {
		name: `messages at ${model}`,
		path: "/v1/messages",
		values: [...everything, ...places.map(mailOf)],
		body: (stream) => ({
			model,
			stream,
			max_tokens: 100,
			system: [{ type: "text", text: say("system") }],
			metadata: { user_id: mailOf("end-user") },
			tools: [
				{
					name: "note",
					description: say("description"),
					input_schema: { type: "object", properties: {} },
				},
			],
			messages: [
				{ role: "user", content: say("user") },
				{
					role: "assistant",
					content: [
						{ type: "text", text: say("assistant") },
						{ type: "tool_use", id: "t1", name: "note", input: { to: mailOf("tool-call") } },
					],
				},
				{
					role: "user",
					content: [
						{
							type: "tool_result",
							tool_use_id: "t1",
							content: [{ type: "text", text: say("tool-result") }],
						},
						{ type: "text", text: story },
					],
				},
			],
		}),
	};
}

export function googleCase(model: string, inSnakeCase: boolean): Case {
	const places = [
		"system",
		"user",
		"assistant",
		"thought",
		"tool-call",
		"tool-call-escaped",
		"tool-result",
		"description",
		"schema",
	];
	const word = (camel: string, snake: string) => (inSnakeCase ? snake : camel);
	const address = `/v1beta/models/${encodeURIComponent(model)}`;
	return {
		name: `generateContent at ${model}${inSnakeCase ? " in the other spelling" : ""}`,
		path: `${address}:generateContent`,
		streamPath: `${address}:streamGenerateContent?alt=sse`,
		values: [...everything, ...places.filter((place) => isSent(place, model)).map(mailOf)],
		body: () => ({
			[word("systemInstruction", "system_instruction")]: { parts: { text: say("system") } },
			labels: { owner: mailOf("end-user") },
			tools: [
				{
					[word("functionDeclarations", "function_declarations")]: [
						{
							name: "note",
							description: say("description"),
							parameters: {
								type: "OBJECT",
								properties: { q: { type: "STRING", description: say("schema") } },
							},
						},
					],
				},
			],
			contents: [
				{ role: "user", parts: [{ text: say("user") }] },
				{
					role: "model",
					parts: [
						{ text: say("thought"), thought: true },
						{ text: say("assistant") },
						{
							[word("functionCall", "function_call")]: {
								name: "note",
								args: JSON.parse(json("tool-call")),
							},
						},
					],
				},
				{
					role: "user",
					parts: [
						{
							[word("functionResponse", "function_response")]: {
								name: "note",
								response: { result: say("tool-result") },
							},
						},
						{ text: story },
					],
				},
			],
		}),
	};
}

/** Only Google takes thinking that nobody signed. */
function isSent(place: string, model: string): boolean {
	return place !== "thought" || model.startsWith("gemini/");
}

export function responsesCase(model: string): Case {
	const places = ["system", "user", "assistant", "tool-call", "tool-result", "description"];
	return {
		name: `responses at ${model}`,
		path: "/v1/responses",
		values: [...everything, ...places.map(mailOf)],
		body: (stream) => ({
			model,
			stream,
			instructions: say("system"),
			tools: [
				{
					type: "function",
					name: "note",
					description: say("description"),
					parameters: { type: "object", properties: {} },
				},
			],
			input: [
				{ role: "user", content: say("user") },
				{
					type: "message",
					role: "assistant",
					content: [{ type: "output_text", text: say("assistant") }],
				},
				{
					type: "function_call",
					call_id: "call_1",
					name: "note",
					arguments: JSON.stringify({ to: mailOf("tool-call") }),
				},
				{ type: "function_call_output", call_id: "call_1", output: say("tool-result") },
				{ role: "user", content: [{ type: "input_text", text: story }] },
			],
		}),
	};
}

export function formOf(fields: Readonly<Record<string, string>>, file: string): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	form.append(file, new Blob([new Uint8Array(toneWav(4))], { type: "audio/wav" }), "tone.wav");
	return form;
}
