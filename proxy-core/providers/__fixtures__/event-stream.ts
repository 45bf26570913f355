import { crc32 } from "node:zlib";

/** One message as the fixtures write it; `headers` are texts. */
export interface FixtureMessage {
	readonly headers: Readonly<Record<string, string>>;
	readonly payload: unknown;
}

/** AWS's binary framing of messages. */
export function encodeEventStream(messages: readonly FixtureMessage[]): Uint8Array<ArrayBuffer> {
	return new Uint8Array(Buffer.concat(messages.map(encodeMessage)));
}

/** The binary form of a file with one message a line. */
export function eventStreamOf(text: string): Uint8Array<ArrayBuffer> {
	const lines = text.split("\n").filter((line) => line !== "");
	return encodeEventStream(lines.map((line) => JSON.parse(line) as FixtureMessage));
}

/** An event as ConverseStream sends it. */
export function event(name: string, payload: unknown): FixtureMessage {
	const headers = {
		":event-type": name,
		":content-type": "application/json",
		":message-type": "event",
	};
	return { headers, payload };
}

function encodeMessage({ headers, payload }: FixtureMessage): Buffer {
	const head = Buffer.concat(
		Object.entries(headers).map(([name, value]) => {
			const text = Buffer.from(value);
			const length = Buffer.alloc(2);
			length.writeUInt16BE(text.length);
			return Buffer.concat([Buffer.of(name.length), Buffer.from(name), Buffer.of(7), length, text]);
		}),
	);
	const body = Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload));
	const prelude = Buffer.alloc(12);
	prelude.writeUInt32BE(12 + head.length + body.length + 4, 0);
	prelude.writeUInt32BE(head.length, 4);
	prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
	const message = Buffer.concat([prelude, head, body]);
	const checksum = Buffer.alloc(4);
	checksum.writeUInt32BE(crc32(message));
	return Buffer.concat([message, checksum]);
}
