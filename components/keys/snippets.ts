export interface Snippet {
	readonly id: "curl" | "python" | "typescript";
	readonly label: string;
	readonly code: string;
}

interface SnippetFacts {
	/** Without a trailing slash: `http://host:port/v1`. */
	readonly gatewayUrl: string;
	readonly token: string;
	/** A model that the key may use. */
	readonly model: string;
}

/** A first request with a new key, ready to run, in the three ways people ask for. */
export function firstRequestSnippets({
	gatewayUrl,
	token,
	model,
}: SnippetFacts): readonly Snippet[] {
	const body = JSON.stringify({ model, messages: [{ role: "user", content: "Hello" }] });
	return [
		{
			id: "curl",
			label: "curl",
			code: [
				`curl ${gatewayUrl}/chat/completions \\`,
				`  -H "Authorization: Bearer ${token}" \\`,
				`  -H "Content-Type: application/json" \\`,
				`  -d '${body.replaceAll("'", "'\\''")}'`,
			].join("\n"),
		},
		{
			id: "python",
			label: "Python",
			code: [
				"from openai import OpenAI",
				"",
				`client = OpenAI(base_url="${gatewayUrl}", api_key="${token}")`,
				"answer = client.chat.completions.create(",
				`    model=${JSON.stringify(model)},`,
				`    messages=[{"role": "user", "content": "Hello"}],`,
				")",
				"print(answer.choices[0].message.content)",
			].join("\n"),
		},
		{
			id: "typescript",
			label: "TypeScript",
			code: [
				`import OpenAI from "openai";`,
				"",
				`const client = new OpenAI({ baseURL: "${gatewayUrl}", apiKey: "${token}" });`,
				"const answer = await client.chat.completions.create({",
				`  model: ${JSON.stringify(model)},`,
				`  messages: [{ role: "user", content: "Hello" }],`,
				"});",
				"console.log(answer.choices[0]?.message.content);",
			].join("\n"),
		},
	];
}

/** The first offered model that the patterns of a key allow; a pattern without `*` stands for itself. */
export function modelForKey(
	allowedModels: readonly string[],
	offered: readonly { readonly id: string; readonly model: string }[],
): string {
	const [first] = offered;
	if (allowedModels.length === 0) return first?.id ?? "simulator/echo";
	const match = offered.find(({ id, model }) =>
		allowedModels.some((pattern) => matchesPattern(pattern, id) || matchesPattern(pattern, model)),
	);
	return match?.id ?? allowedModels.find((pattern) => !pattern.includes("*")) ?? "MODEL";
}

/** `*` stands for any run of characters. Walks the parts in order, so it needs no regular expression. */
export function matchesPattern(pattern: string, text: string): boolean {
	const [head = "", ...rest] = pattern.split("*");
	const tail = rest.pop();
	if (tail === undefined) return pattern === text;
	if (!text.startsWith(head)) return false;
	let at = head.length;
	for (const part of rest) {
		const found = text.indexOf(part, at);
		if (found === -1) return false;
		at = found + part.length;
	}
	return text.length - tail.length >= at && text.endsWith(tail);
}
