import type { ChatRequest } from "./chat-request.ts";

export interface CodeSample {
	readonly id: "json" | "curl" | "python" | "typescript";
	readonly label: string;
	readonly code: string;
}

/** The same request in the ways people would send it. The key is a placeholder, never a real one. */
export function codeSamples(request: ChatRequest, gatewayUrl: string): readonly CodeSample[] {
	return [
		{ id: "json", label: "Request JSON", code: JSON.stringify(request, null, 2) },
		{ id: "curl", label: "curl", code: asCurl(request, gatewayUrl) },
		{ id: "python", label: "Python", code: asPython(request, gatewayUrl) },
		{ id: "typescript", label: "TypeScript", code: asTypescript(request, gatewayUrl) },
	];
}

function asCurl(request: ChatRequest, gatewayUrl: string): string {
	const body = JSON.stringify(request, null, 2).replaceAll("'", "'\\''");
	const noBuffer = request["stream"] === true ? "-N " : "";
	return [
		`curl ${noBuffer}${gatewayUrl}/chat/completions \\`,
		`  -H "Authorization: Bearer $LLMPROXY_KEY" \\`,
		`  -H "Content-Type: application/json" \\`,
		`  -d '${body}'`,
	].join("\n");
}

function asPython(request: ChatRequest, gatewayUrl: string): string {
	const fields = Object.entries(request).map(
		([name, value]) => `    ${name}=${literal(value, "python", 1)},`,
	);
	const call = ["client.chat.completions.create(", ...fields, ")"].join("\n");
	const rest =
		request["stream"] === true
			? [
					`stream = ${call}`,
					"for chunk in stream:",
					"    if chunk.choices and chunk.choices[0].delta.content:",
					`        print(chunk.choices[0].delta.content, end="", flush=True)`,
				]
			: [`answer = ${call}`, "print(answer.choices[0].message)"];
	return [
		"import os",
		"from openai import OpenAI",
		"",
		"client = OpenAI(",
		`    base_url=${JSON.stringify(gatewayUrl)},`,
		`    api_key=os.environ["LLMPROXY_KEY"],`,
		")",
		...rest,
	].join("\n");
}

function asTypescript(request: ChatRequest, gatewayUrl: string): string {
	const call = `await client.chat.completions.create(${literal(request, "typescript", 0)});`;
	const rest =
		request["stream"] === true
			? [
					`const stream = ${call}`,
					"for await (const chunk of stream) {",
					`  process.stdout.write(chunk.choices[0]?.delta.content ?? "");`,
					"}",
				]
			: [`const answer = ${call}`, "console.log(answer.choices[0]?.message);"];
	return [
		`import OpenAI from "openai";`,
		"",
		"const client = new OpenAI({",
		`  baseURL: ${JSON.stringify(gatewayUrl)},`,
		"  apiKey: process.env.LLMPROXY_KEY,",
		"});",
		...rest,
	].join("\n");
}

type Language = "python" | "typescript";

const widths: Readonly<Record<Language, number>> = { python: 4, typescript: 2 };
const lineWidth = 60;

/** A JSON value in a language's own notation; short lists and objects stay on one line. */
function literal(value: unknown, language: Language, depth: number): string {
	if (value === null || value === undefined) return language === "python" ? "None" : "null";
	if (typeof value === "boolean") {
		const word = String(value);
		return language === "python" ? word.charAt(0).toUpperCase() + word.slice(1) : word;
	}
	if (typeof value !== "object") return JSON.stringify(value);
	const isList = Array.isArray(value);
	const [open, close] = isList ? ["[", "]"] : ["{", "}"];
	const parts = isList
		? value.map((item) => literal(item, language, depth + 1))
		: Object.entries(value).map(
				([name, item]) => `${nameOf(name, language)}: ${literal(item, language, depth + 1)}`,
			);
	if (parts.length === 0) return open + close;
	const padding = isList || language === "python" ? "" : " ";
	const line = `${open}${padding}${parts.join(", ")}${padding}${close}`;
	if (line.length <= lineWidth && !line.includes("\n")) return line;
	const indent = " ".repeat(widths[language] * (depth + 1));
	const outdent = " ".repeat(widths[language] * depth);
	return `${open}\n${parts.map((part) => `${indent}${part},`).join("\n")}\n${outdent}${close}`;
}

function nameOf(name: string, language: Language): string {
	return language === "typescript" && /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
