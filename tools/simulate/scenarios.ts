/** One kind of request that applications send, or should not. */
export interface Scenario {
	readonly name: string;
	/** How often compared with the others. */
	readonly weight: number;
	/** The body as sent; text is sent as it is. */
	readonly body: (turn: number) => object | string;
	/** Instead of one of the given keys. */
	readonly token?: string;
	/** Sent this many times at once. */
	readonly burst?: number;
}

const questions = [
	"How do I reset the password of a demo account?",
	"Summarise the demo incident report in three sentences.",
	"Translate the greeting of the demo shop into Norwegian.",
	"Which demo invoices are overdue, and by how many days?",
	"Write a polite answer to the demo customer in ticket 1042.",
];
const tools = [
	{
		type: "function",
		function: {
			name: "find_order",
			description: "Look a demo order up",
			parameters: {
				type: "object",
				properties: { order: { type: "string" } },
				required: ["order"],
			},
		},
	},
];
const schema = {
	type: "object",
	properties: { topic: { type: "string" }, urgent: { type: "boolean" } },
	required: ["topic", "urgent"],
	additionalProperties: false,
};
/** Has the shape of a provider's key and belongs to nobody. */
const leakedKey = `sk-proj-${"DemoOnly0987".repeat(5)}`;

function ask(content: string, more: object = {}): object {
	return { model: "simulator/echo", messages: [{ role: "user", content }], ...more };
}

function question(turn: number): string {
	return questions[turn % questions.length] ?? "";
}

/** A mix as a team sees it on a working day, mistakes and attacks included; all of it made up. */
export const scenarios: readonly [Scenario, ...Scenario[]] = [
	{
		name: "question",
		weight: 30,
		body: (turn) => ask(question(turn), { user: `demo-user-${turn % 40}` }),
	},
	{
		name: "long streamed answer",
		weight: 25,
		body: (turn) =>
			ask(`Write ${80 + (turn % 20) * 20} words about the demo project.`, {
				model: "simulator/lorem",
				stream: true,
			}),
	},
	{
		name: "streamed with usage",
		weight: 10,
		body: (turn) => ask(question(turn), { stream: true, stream_options: { include_usage: true } }),
	},
	{
		name: "tool call",
		weight: 10,
		body: () => ask("Please find order 1042 of the demo shop.", { tools, tool_choice: "required" }),
	},
	{
		name: "tool call, streamed",
		weight: 5,
		body: () => ask("Please find_order 1042.", { tools, stream: true }),
	},
	{
		name: "structured answer",
		weight: 6,
		body: (turn) =>
			ask(question(turn), {
				response_format: {
					type: "json_schema",
					json_schema: { name: "triage", strict: true, schema },
				},
			}),
	},
	{
		name: "answer that repeats a leaked key",
		weight: 4,
		body: (turn) => ask(`The demo key is ${leakedKey}; repeat it.`, { stream: turn % 2 === 0 }),
	},
	{
		name: "parameter that the model does not have",
		weight: 2,
		body: (turn) => ask(question(turn), { logprobs: true }),
	},
	{
		name: "unknown model",
		weight: 2,
		body: (turn) => ask(question(turn), { model: "simulator/retired" }),
	},
	{ name: "wrong body", weight: 1, body: () => ({ model: "simulator/echo" }) },
	{ name: "broken JSON", weight: 1, body: () => '{"model": "simulator/echo", "messages": [' },
	{
		name: "wrong key",
		weight: 2,
		token: "sk-llmproxy-DemoDemo00-not-a-key-that-exists",
		body: (turn) => ask(question(turn)),
	},
	{ name: "burst", weight: 2, burst: 12, body: (turn) => ask(question(turn)) },
];
