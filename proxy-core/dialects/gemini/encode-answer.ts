import type { ChatEvent } from "../../contract/chat.ts";
import type { StreamEncoderOptions } from "../define-dialect.ts";
import type { PartWriter } from "./parts.ts";
import {
	createPartWriter,
	encodeUsage,
	endedCandidate,
	estimatedUsage,
	headOf,
	showsThinking,
} from "./parts.ts";

interface Draft {
	readonly writer: PartWriter;
	readonly parts: object[];
}

/** A whole answer as a `GenerateContentResponse`. */
export function encodeAnswer(
	events: readonly ChatEvent[],
	{ identity, request }: Pick<StreamEncoderOptions, "identity" | "request">,
): string {
	const showsThoughts = showsThinking(request);
	const drafts = new Map<number, Draft>();
	const draftOf = (choice: number): Draft => {
		const draft = drafts.get(choice) ?? { writer: createPartWriter({ showsThoughts }), parts: [] };
		drafts.set(choice, draft);
		return draft;
	};
	const ends = events.filter((event) => event.type === "end");
	for (const { choice } of ends) draftOf(choice);
	if (ends.length === 0) draftOf(0);
	for (const event of events) {
		if (!("choice" in event) || event.type === "end") continue;
		const { writer, parts } = draftOf(event.choice);
		parts.push(...writer.write(event));
	}
	const characters = events.reduce(
		(sum, event) => sum + ("text" in event ? event.text.length : 0),
		0,
	);
	const usage =
		events.findLast((event) => event.type === "usage")?.usage ??
		estimatedUsage(request, characters);
	return JSON.stringify({
		candidates: [...drafts]
			.toSorted(([a], [b]) => a - b)
			.map(([choice, { writer, parts }]) =>
				endedCandidate({
					choice,
					parts: joined([...parts, ...writer.close()]),
					reason: ends.find((end) => end.choice === choice)?.reason ?? "stop",
				}),
			),
		usageMetadata: encodeUsage(usage),
		...headOf(identity),
	});
}

/** Pieces of one text, or of one thought with its proof, as the one part that Google makes of them. */
function joined(parts: readonly object[]): readonly object[] {
	const whole: Piece[] = [];
	for (const part of parts as readonly Piece[]) {
		const last = whole.at(-1);
		const continues =
			last?.text !== undefined &&
			part.text !== undefined &&
			last.thought === part.thought &&
			last.thoughtSignature === undefined;
		if (continues) whole[whole.length - 1] = { ...part, text: `${last.text}${part.text}` };
		else whole.push(part);
	}
	return whole;
}

interface Piece {
	readonly text?: string;
	readonly thought?: true;
	readonly thoughtSignature?: string;
}
