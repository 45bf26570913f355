import { answers, greeting, prompts, signature } from "./prompts.ts";

/** What an upstream says to a prompt, in no wire's words. */
export interface Reply {
	readonly text?: string;
	readonly thinking?: string;
	readonly toolCalls?: readonly { readonly name: string; readonly arguments: string }[];
	/** Ended by the limit on the answer's length. */
	readonly isShort?: true;
	/** One piece after the other with pauses of 200 ms. */
	readonly isSlow?: true;
	/** The connection breaks after some pieces. */
	readonly isCut?: true;
	readonly isGarbled?: true;
	readonly failure?: { readonly status: number; readonly type: string; readonly message: string };
}

export const thinkingProof = signature;

const weather = (city: string) => ({ name: "get_weather", arguments: JSON.stringify({ city }) });
const failure = (status: number, type: string, message: string): Reply => ({
	failure: { status, type, message },
});

const replies: readonly (readonly [prompt: string, reply: Reply, afterTools?: Reply])[] = [
	[prompts.hello, { text: answers.hello }],
	[prompts.long, { text: answers.long }],
	[prompts.short, { text: answers.short, isShort: true }],
	[prompts.slow, { text: answers.slow, isSlow: true }],
	[prompts.cut, { text: answers.cut, isCut: true }],
	[prompts.weather, { toolCalls: [weather("Paris")] }],
	[prompts.twoWeathers, { toolCalls: [weather("Paris"), weather("Tokyo")] }],
	[prompts.afterTool, { toolCalls: [weather("Paris")] }, { text: answers.afterTool }],
	[
		prompts.afterTools,
		{ toolCalls: [weather("Paris"), weather("Tokyo")] },
		{ text: answers.afterTools },
	],
	[prompts.extract, { text: JSON.stringify(answers.extract) }],
	[prompts.picture, { text: answers.picture }],
	[prompts.think, { text: answers.think, thinking: answers.thought }],
	[prompts.badRequest, failure(400, "invalid_request_error", "The upstream does not like this.")],
	[prompts.overloaded, failure(500, "server_error", "The upstream is on fire.")],
	[prompts.limited, failure(429, "rate_limit_error", "The upstream is busy.")],
	[prompts.garbled, { text: "never said", isGarbled: true }],
];

const down = failure(500, "server_error", "This model is down.");
const unknown = failure(404, "not_found_error", "The mock knows no such prompt.");

export interface Asked {
	readonly model: string;
	/** The last thing the user said. */
	readonly prompt: string;
	/** Texts of the tools' results after it. */
	readonly results: readonly string[];
	/** Names of the tools that the model may call. */
	readonly tools: readonly string[];
}

/** Decides for every mock alike. */
export function createScript(): (asked: Asked) => Reply {
	const seen = new Set<string>();
	return (asked) => {
		const { model, prompt, results, tools } = asked;
		if (model.startsWith("down-")) return down;
		if (model.startsWith("garbled-")) return { text: "never said", isGarbled: true };
		if (prompt.includes(prompts.flaky)) {
			const key = `${model} ${prompt}`;
			if (seen.has(key)) return { text: answers.flaky };
			seen.add(key);
			return down;
		}
		if (prompt.includes(prompts.task)) {
			return results.length === 0 ? writeFile(tools) : { text: answers.task };
		}
		return scripted(asked);
	};
}

function scripted({ prompt, results }: Asked): Reply {
	const [, reply = unknown, afterTools = reply] =
		replies.find(([known]) => prompt.includes(known)) ?? [];
	if (results.length === 0) return reply;
	// The comparison needs both numbers, each in a result of its own.
	const isWhole = !prompt.includes(prompts.afterTools) || hasBoth(results);
	return isWhole ? afterTools : unknown;
}

/** Has the agent write its file with the tool for commands that it offers; the names differ by version. */
function writeFile(tools: readonly string[]): Reply {
	const command = `printf '%s\\n' '${greeting.content}' > ${greeting.file}`;
	const forms: Readonly<Record<string, object>> = {
		exec_command: { cmd: command },
		shell_command: { command },
		shell: { command: ["bash", "-c", command] },
	};
	const name = Object.keys(forms).find((known) => tools.includes(known));
	if (name === undefined) {
		return failure(400, "invalid_request_error", `No tool runs commands: ${tools.join(", ")}`);
	}
	return { toolCalls: [{ name, arguments: JSON.stringify(forms[name]) }] };
}

function hasBoth(results: readonly string[]): boolean {
	const said = (number: string) => results.findIndex((text) => text.includes(number));
	return said("21") !== -1 && said("17") !== -1 && said("21") !== said("17");
}
