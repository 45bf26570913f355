import type { ChatEvent, Usage } from "../../contract/chat.ts";
import type { StreamEncoderOptions } from "../define-dialect.ts";
import { createOutputWriter } from "./output-writer.ts";
import type { Standing } from "./response-object.ts";
import { idSuffix, isIncomplete, responseObject } from "./response-object.ts";

/** A whole answer as a `response` object, JSON text. This dialect knows one answer only: choice 0. */
export function encodeResponse(
	events: readonly ChatEvent[],
	{ identity, request }: Pick<StreamEncoderOptions, "identity" | "request">,
): string {
	const writer = createOutputWriter(idSuffix(identity), () => {});
	let standing: Standing = "stop";
	let usage: Usage | undefined;
	for (const event of events) {
		if (event.type === "usage") usage = event.usage;
		else if ("choice" in event && event.choice === 0) {
			if (event.type === "end") standing = event.reason;
			writer.write(event);
		}
	}
	writer.close(isIncomplete(standing));
	return JSON.stringify(
		responseObject({ identity, request, standing, usage, output: writer.items() }),
	);
}
