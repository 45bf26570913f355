import * as z from "zod";
import { ClientProblem, problemOf, unreachable } from "./problem.ts";

const completion = z.object({
	choices: z.array(z.object({ message: z.object({ content: z.string().nullable() }) })).min(1),
});

export interface ChatAnswer {
	readonly text: string;
	readonly requestId: string;
}

/** A chat completion with a key, as any application would ask for one. Throws `ClientProblem`. */
export async function sendFirstRequest(input: {
	readonly key: string;
	readonly model: string;
	readonly prompt: string;
}): Promise<ChatAnswer> {
	const response = await send(input);
	if (!response.ok) throw await problemOf(response);
	const answer = completion.safeParse(await response.json());
	const requestId = response.headers.get("x-request-id");
	if (!answer.success || requestId === null) {
		throw new ClientProblem({
			message: "The gateway's answer could not be read.",
			status: response.status,
			code: "unexpected_answer",
		});
	}
	return { text: answer.data.choices[0]?.message.content ?? "", requestId };
}

async function send(input: {
	readonly key: string;
	readonly model: string;
	readonly prompt: string;
}): Promise<Response> {
	try {
		// The key alone is to count, as it will for applications.
		return await fetch("/v1/chat/completions", {
			method: "POST",
			credentials: "omit",
			headers: { "content-type": "application/json", authorization: `Bearer ${input.key}` },
			body: JSON.stringify({
				model: input.model,
				messages: [{ role: "user", content: input.prompt }],
			}),
		});
	} catch (cause) {
		const message =
			"The gateway could not be reached from this page; use the command for a terminal.";
		throw unreachable(message, cause);
	}
}
