import type { ChatCall, Dialect } from "../contract/chat.ts";
import type { Incoming } from "../http/exchange.ts";
import type { EncodeInput } from "../providers/define-provider.ts";
import type { CallerDialect } from "./define-dialect.ts";
import { omissionsOf } from "./omissions.ts";

interface Question {
	readonly dialect: Pick<CallerDialect, "id" | "toChatCall" | "passingHeaders">;
	/** The body after every edit, as text and parsed. */
	readonly body: { readonly text: string; readonly json: Readonly<Record<string, unknown>> };
	readonly headers: Incoming["headers"];
	readonly isStreaming: boolean;
	/** The upstream's own name of the model. */
	readonly model: string;
	/** The dialect of the wire that will encode it. */
	readonly wire: Dialect;
}

/**
 * What a wire encodes, and what the caller is told afterwards: `omitted` names the fields that the
 * encoding left out. Nothing is left out of a body that is forwarded in its own dialect.
 */
export function encodeInputOf(question: Question): {
	readonly input: EncodeInput;
	readonly omitted: () => readonly string[];
} {
	const { dialect, body, isStreaming, model, wire } = question;
	let call: ChatCall | undefined;
	return {
		omitted: () => (call === undefined ? [] : omissionsOf(call, wire)),
		input: {
			model,
			stream: isStreaming,
			dialect: dialect.id,
			body: body.text,
			json: body.json,
			...(wire === dialect.id && { headers: passing(question) }),
			call: () => {
				call ??= dialect.toChatCall(body.json, body.text);
				return call;
			},
		},
	};
}

function passing({ dialect, headers }: Question): Readonly<Record<string, string>> {
	const passed: Record<string, string> = {};
	for (const name of dialect.passingHeaders ?? []) {
		const value = headers[name];
		if (value !== undefined) passed[name] = value;
	}
	return passed;
}
