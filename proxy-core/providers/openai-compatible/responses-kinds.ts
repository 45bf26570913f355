import type { JsonPath } from "../../text/json-scan.ts";

/** What a text of an answer is: words, arguments of a call, or anything beside them. */
export type LeafKind = "text" | "refusal" | "reasoning" | "arguments" | "aside";

/** `path` begins at the output item. */
export function kindOf(itemType: unknown, path: JsonPath): LeafKind {
	const [list, , member] = path;
	const isPart = path.length === 3;
	switch (itemType) {
		case "message":
			if (!isPart || list !== "content") return "aside";
			if (member === "refusal") return "refusal";
			return member === "text" || member === "transcript" ? "text" : "aside";
		case "reasoning":
			return isPart && member === "text" ? "reasoning" : "aside";
		case "function_call":
			return list === "arguments" ? "arguments" : "aside";
		case "custom_tool_call":
			return list === "input" ? "arguments" : "aside";
		default:
			return "aside";
	}
}
