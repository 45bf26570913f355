import { richChatRequests } from "./rich-chat-requests.ts";
import type { Json, RichRequest, Say } from "./rich-parts.ts";
import { picture, png, schemaOf } from "./rich-parts.ts";

export const richRequests: readonly RichRequest[] = [
	...richChatRequests,
	{
		dialect: "responses",
		path: "/v1/responses",
		body: (say) => ({
			instructions: say(),
			input: [...messageItems(say), ...toolItems(say)],
			prompt: { id: "pmpt_1", version: "2", variables: { name: say() } },
			tools: responsesTools(say),
			tool_choice: { type: "mcp", server_label: "files", name: "read" },
			text: {
				verbosity: "low",
				format: {
					type: "json_schema",
					name: "answer",
					description: say(),
					schema: schemaOf(say),
				},
			},
			reasoning: { effort: "low", summary: "auto" },
			include: ["reasoning.encrypted_content"],
			truncation: "auto",
			service_tier: "auto",
			metadata: { team: say() },
			of_tomorrow: { deep: [say()] },
		}),
	},
	{
		dialect: "anthropic",
		path: "/v1/messages",
		body: (say) => ({
			max_tokens: 100,
			system: [{ type: "text", text: say(), cache_control: { type: "ephemeral", ttl: "1h" } }],
			messages: anthropicMessages(say),
			tools: [
				{
					name: "note",
					description: say(),
					input_schema: schemaOf(say),
					input_examples: [{ type: say() }],
					cache_control: { type: "ephemeral" },
				},
				{
					type: "web_search_20250305",
					name: "web_search",
					allowed_domains: [say()],
					user_location: { type: "approximate", city: say(), country: "DE" },
				},
			],
			tool_choice: { type: "tool", name: "note" },
			mcp_servers: [
				{ type: "url", url: "https://mcp.example.org", name: "files", authorization_token: "t0" },
			],
			output_config: { format: { type: "json_schema", schema: schemaOf(say) } },
			context_management: { edits: [{ type: "compact_20260112", instructions: say() }] },
			service_tier: "auto",
			stop_sequences: ["END"],
			of_tomorrow: { deep: [say()] },
		}),
	},
];

const call = { id: "it_1", call_id: "call_1", status: "completed" };

function messageItems(say: Say): readonly Json[] {
	return [
		{ role: "developer", content: say() },
		{
			type: "message",
			role: "user",
			content: [
				{ type: "input_text", text: say() },
				{ type: "input_image", image_url: picture, detail: "low" },
				{ type: "input_file", filename: say(), file_data: picture },
			],
		},
		{
			...call,
			type: "message",
			role: "assistant",
			content: [
				{
					type: "output_text",
					text: say(),
					annotations: [{ type: "file_citation", file_id: "file-1", filename: say() }],
				},
				{ type: "refusal", refusal: say() },
			],
		},
		{
			id: "rs_1",
			type: "reasoning",
			encrypted_content: "gAAA",
			summary: [{ type: "summary_text", text: say() }],
			content: [{ type: "reasoning_text", text: say() }],
		},
		{ ...call, type: "function_call", name: "note", arguments: say() },
		{ ...call, type: "function_call_output", output: [{ type: "input_text", text: say() }] },
		{ ...call, type: "custom_tool_call", name: "shell", input: say() },
		{ ...call, type: "custom_tool_call_output", output: say() },
		{
			...call,
			type: "computer_call",
			action: { type: say(), text: say(), keys: [say()] },
			pending_safety_checks: [{ id: "sc_1", code: say(), message: say() }],
		},
		{
			...call,
			type: "computer_call_output",
			output: { type: "computer_screenshot", image_url: picture },
			acknowledged_safety_checks: [{ id: "sc_1", message: say() }],
		},
		{
			...call,
			type: "file_search_call",
			queries: [say()],
			results: [{ file_id: "file-1", filename: say(), text: say(), attributes: { author: say() } }],
		},
		{
			...call,
			type: "web_search_call",
			action: { query: say(), queries: [say()], sources: [{ type: "url", url: say() }] },
		},
	];
}

function toolItems(say: Say): readonly Json[] {
	return [
		{
			...call,
			type: "code_interpreter_call",
			container_id: "cntr_1",
			code: say(),
			outputs: [{ type: "logs", logs: say() }],
		},
		{
			...call,
			type: "mcp_call",
			server_label: "files",
			name: "read",
			arguments: say(),
			output: say(),
			error: { type: say(), message: say() },
		},
		{
			id: "mcpl_1",
			type: "mcp_list_tools",
			server_label: "files",
			tools: [
				{
					name: "read",
					description: say(),
					input_schema: schemaOf(say),
					annotations: { a: say() },
				},
			],
			error: say(),
		},
		{ ...call, type: "mcp_approval_request", name: "read", arguments: say() },
		{
			type: "mcp_approval_response",
			approval_request_id: "mcpr_1",
			reason: say(),
		},
		{ ...call, type: "shell_call", action: { commands: [say()] } },
		{ ...call, type: "shell_call_output", output: [{ stdout: say(), stderr: say() }] },
		{
			...call,
			type: "local_shell_call",
			action: { command: [say()], env: { TYPE: say() }, working_directory: say() },
		},
		{ ...call, type: "local_shell_call_output", output: say() },
		{ ...call, type: "apply_patch_call", operation: { path: say(), diff: say() } },
		{ ...call, type: "apply_patch_call_output", output: say() },
		{ ...call, type: "image_generation_call", result: png, revised_prompt: say() },
		{ ...call, type: "tool_search_call", arguments: { goal: say() } },
		{
			...call,
			type: "tool_search_output",
			tools: [{ type: "function", name: "note", description: say(), parameters: schemaOf(say) }],
		},
		{ ...call, type: "program", code: say(), fingerprint: "f" },
		{ ...call, type: "program_output", result: say() },
		{ type: "of_tomorrow", words: { type: say() } },
	];
}

function responsesTools(say: Say): readonly Json[] {
	return [
		{ type: "function", name: "note", description: say(), parameters: schemaOf(say) },
		{
			type: "custom",
			name: "shell",
			description: say(),
			format: { type: "grammar", syntax: "lark", definition: say() },
		},
		{
			type: "mcp",
			server_label: "files",
			server_url: "https://mcp.example.org",
			server_description: say(),
			authorization: "t0",
			headers: { "x-key": "t1" },
			allowed_tools: { tool_names: ["read"] },
			require_approval: "never",
		},
		{
			type: "file_search",
			vector_store_ids: ["vs_1"],
			filters: { type: "eq", key: say(), value: say() },
		},
		{
			type: "web_search",
			search_context_size: "low",
			user_location: { type: "approximate", city: say(), region: say(), timezone: "UTC" },
			filters: { allowed_domains: [say()] },
		},
		{ type: "code_interpreter", container: { type: "auto", file_ids: ["file-1"] } },
		{ type: "image_generation", model: "gpt-image-1", input_image_mask: { image_url: picture } },
		{ type: "namespace", name: "crm", description: say(), tools: [{ description: say() }] },
	];
}

function anthropicMessages(say: Say): readonly Json[] {
	return [
		{
			role: "user",
			content: [
				{ type: "text", text: say() },
				{ type: "image", source: { type: "base64", media_type: "image/png", data: png } },
				{ type: "image", source: { type: "url", url: "https://example.org/a.png" } },
				{
					type: "document",
					title: say(),
					context: say(),
					source: { type: "text", media_type: "text/plain", data: say() },
					citations: { enabled: true },
				},
				{
					type: "search_result",
					source: say(),
					title: say(),
					content: [{ type: "text", text: say() }],
				},
			],
		},
		{
			role: "assistant",
			content: [
				{ type: "thinking", thinking: say() },
				{ type: "redacted_thinking", data: "ZW5j" },
				{
					type: "text",
					text: say(),
					citations: [
						{
							type: "web_search_result_location",
							cited_text: say(),
							title: say(),
							url: "https://example.org",
							encrypted_index: "ZW5j",
						},
						{ type: "char_location", cited_text: say(), document_title: say() },
					],
				},
				{ type: "tool_use", id: "t1", name: "note", input: { name: say(), url: [say()] } },
				{ type: "server_tool_use", id: "s1", name: "web_search", input: { query: say() } },
				{
					type: "web_search_tool_result",
					tool_use_id: "s1",
					content: [{ type: "web_search_result", title: say(), encrypted_content: "ZW5j" }],
				},
				{
					type: "bash_code_execution_tool_result",
					tool_use_id: "s1",
					content: { type: "bash_code_execution_result", stdout: say(), stderr: say() },
				},
				{ type: "mcp_tool_use", id: "m1", name: "read", server_name: "f", input: { q: say() } },
				{ type: "mcp_tool_result", tool_use_id: "m1", content: [{ type: "text", text: say() }] },
			],
		},
		{
			role: "user",
			content: [
				{ type: "tool_result", tool_use_id: "t1", content: say() },
				{ type: "tool_result", tool_use_id: "t2", content: [{ type: "text", text: say() }] },
				{ type: "of_tomorrow", words: { said: [say()] } },
			],
		},
		{ role: "user", content: say() },
	];
}
