export interface RequestInput {
	readonly model: string;
	readonly isStreaming: boolean;
	/** What the user says. */
	readonly prompt: string;
}

/** One API as callers and the mock upstream speak it. */
export interface Api {
	readonly path: string;
	readonly requestBody: (input: RequestInput) => string;
	/** A whole answer that says `answerText`. */
	readonly answer: string;
	/** An answer that says `streamWords`, one in each event of text. */
	readonly streamChunks: readonly string[];
	/** How a word of the stream stands in its event. */
	readonly deltaOf: (word: string) => string;
	/** Stands in the last event and nowhere before it. */
	readonly streamEnd: string;
}

/** One server-sent event with a name, as Responses and Messages send them. */
export function namedEvent(type: string, fields: object): string {
	return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}
