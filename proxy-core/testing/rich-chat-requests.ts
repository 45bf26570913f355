import type { RichRequest, Say } from "./rich-parts.ts";
import { picture, png, schemaOf } from "./rich-parts.ts";

const chatMessages = (say: Say) => [
	{ role: "system", content: say() },
	{ role: "developer", name: say(), content: [{ type: "text", text: say() }] },
	{
		role: "user",
		name: say(),
		content: [
			{ type: "text", text: say() },
			{ type: "image_url", image_url: { url: picture, detail: "low" } },
			{ type: "input_audio", input_audio: { data: png, format: "wav" } },
			{ type: "file", file: { filename: say(), file_data: picture, file_id: "file-1" } },
			{ type: "of_tomorrow", words: [{ said: say() }] },
		],
	},
	{
		role: "assistant",
		content: say(),
		refusal: say(),
		reasoning_content: say(),
		reasoning_details: [{ type: "reasoning.text", text: say(), signature: "c2ln" }],
		thinking_blocks: [{ type: "thinking", thinking: say() }],
		annotations: [{ type: "url_citation", url_citation: { title: say(), url: say() } }],
		audio: { id: "audio_1" },
		function_call: { name: "note", arguments: say() },
		tool_calls: [
			{ id: "call_1", type: "function", function: { name: "note", arguments: say() } },
			{ id: "call_2", type: "custom", custom: { name: "shell", input: say() } },
		],
	},
	{ role: "tool", tool_call_id: "call_1", content: say() },
	{ role: "tool", tool_call_id: "call_2", content: [{ type: "text", text: say() }] },
	{ role: "function", name: say(), content: say() },
];

/** Of OpenAI's older endpoints. */
export const richChatRequests: readonly RichRequest[] = [
	{
		dialect: "openai",
		path: "/v1/chat/completions",
		body: (say) => ({
			messages: chatMessages(say),
			tools: [
				{
					type: "function",
					function: { name: "note", description: say(), parameters: schemaOf(say) },
				},
				{
					type: "custom",
					custom: {
						name: "shell",
						description: say(),
						format: { type: "grammar", grammar: { syntax: "lark", definition: say() } },
					},
				},
			],
			functions: [{ name: "old", description: say(), parameters: schemaOf(say) }],
			tool_choice: { type: "function", function: { name: "note" } },
			response_format: {
				type: "json_schema",
				json_schema: { name: "answer", description: say(), schema: schemaOf(say) },
			},
			prediction: { type: "content", content: [{ type: "text", text: say() }] },
			web_search_options: { user_location: { approximate: { city: say() } } },
			modalities: ["text"],
			audio: { voice: "alloy", format: "wav" },
			reasoning_effort: "low",
			verbosity: "low",
			service_tier: "auto",
			prompt_cache_retention: "24h",
			stop: ["END"],
			metadata: { team: say(), type: say() },
			of_tomorrow: { deep: [say()] },
		}),
	},
	{
		dialect: "openai-text",
		path: "/v1/completions",
		body: (say) => ({
			prompt: [say(), say()],
			suffix: say(),
			stop: "END",
			of_tomorrow: { deep: [say()] },
		}),
	},
];
