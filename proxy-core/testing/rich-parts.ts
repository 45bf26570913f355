/** Gives a text that stands nowhere else. */
export type Say = () => string;

export type Json = Readonly<Record<string, unknown>>;

/** A body of one dialect with every kind of message, part, item, tool and option that its SDK knows. */
export interface RichRequest {
	readonly dialect: "openai" | "openai-text" | "responses" | "anthropic";
	readonly path: string;
	readonly body: (say: Say) => Json;
}

export const png =
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
export const picture = `data:image/png;base64,${png}`;

/** Every keyword of JSON Schema that a model reads. */
export function schemaOf(say: Say): Json {
	return {
		$schema: "https://json-schema.org/draft/2020-12/schema",
		type: "object",
		title: say(),
		description: say(),
		properties: {
			type: { type: ["string", "null"], description: say(), enum: [say(), say()] },
			headers: { type: "string", format: "email", pattern: "^.+$", default: say() },
			list: { type: "array", items: { $ref: "#/$defs/one" }, examples: [[say()]] },
		},
		$defs: { one: { anyOf: [{ const: say() }, { type: "object", $comment: say() }] } },
		required: ["type"],
	};
}
