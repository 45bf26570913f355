import { crc32 } from "node:zlib";
import { GatewayError } from "../../errors/gateway-error.ts";

/** One message of an AWS event stream. Headers that are not texts are left out; nobody reads them. */
export interface EventStreamMessage {
	readonly headers: ReadonlyMap<string, string>;
	readonly payload: Uint8Array;
}

export interface EventStreamParser {
	/** The messages that `bytes` completes. Throws `upstream.malformed` for broken or oversized ones. */
	readonly push: (bytes: Uint8Array) => readonly EventStreamMessage[];
	/** Whether the stream ended in the middle of a message. */
	readonly isCut: () => boolean;
}

/** Length of the message, length of its headers, and the checksum of both. */
const preludeBytes = 12;
const checksumBytes = 4;

/**
 * Cuts AWS's binary framing (`application/vnd.amazon.eventstream`) into messages, whatever the
 * chunking, checking both checksums. `bytesMax` bounds one message.
 */
export function createEventStreamParser(bytesMax = 16_777_216): EventStreamParser {
	let chunks: Uint8Array[] = [];
	let held = 0;
	// Pieces of a large message are joined once, not with every chunk.
	let wanted = preludeBytes;
	return {
		push: (bytes) => {
			chunks.push(bytes);
			held += bytes.length;
			if (held < wanted) return [];
			const data = Buffer.concat(chunks);
			const messages: EventStreamMessage[] = [];
			let at = 0;
			wanted = preludeBytes;
			while (data.length - at >= preludeBytes) {
				const length = messageLength(data.subarray(at), bytesMax);
				if (data.length - at < length) {
					wanted = length;
					break;
				}
				messages.push(readMessage(data.subarray(at, at + length)));
				at += length;
			}
			chunks = [data.subarray(at)];
			held = data.length - at;
			return messages;
		},
		isCut: () => held > 0,
	};
}

function malformed(reason: string): GatewayError {
	return new GatewayError("upstream.malformed", { cause: new Error(reason) });
}

function messageLength(data: Buffer, bytesMax: number): number {
	const length = data.readUInt32BE(0);
	if (crc32(data.subarray(0, 8)) !== data.readUInt32BE(8))
		throw malformed("the checksum of an event stream's prelude is wrong");
	if (length < preludeBytes + checksumBytes || length > bytesMax)
		throw malformed(`a message of an event stream has ${length} bytes`);
	return length;
}

function readMessage(data: Buffer): EventStreamMessage {
	const end = data.length - checksumBytes;
	if (crc32(data.subarray(0, end)) !== data.readUInt32BE(end))
		throw malformed("the checksum of an event stream's message is wrong");
	const headersEnd = preludeBytes + data.readUInt32BE(4);
	if (headersEnd > end) throw malformed("the headers of a message are longer than the message");
	return {
		headers: readHeaders(data.subarray(preludeBytes, headersEnd)),
		payload: data.subarray(headersEnd, end),
	};
}

const textType = 7;

function readHeaders(data: Buffer): ReadonlyMap<string, string> {
	const headers = new Map<string, string>();
	try {
		for (let at = 0; at < data.length; ) {
			const nameEnd = at + 1 + data.readUInt8(at);
			const name = data.toString("utf8", at + 1, nameEnd);
			const type = data.readUInt8(nameEnd);
			const value = valuePlace(data, nameEnd + 1, type);
			if (value.end > data.length) throw new RangeError("a header ends behind its message");
			if (type === textType) headers.set(name, data.toString("utf8", value.start, value.end));
			at = value.end;
		}
	} catch (cause) {
		throw new GatewayError("upstream.malformed", { cause });
	}
	return headers;
}

/** Where a header's value stands. Types 6 and 7 carry their length, the others have a fixed one. */
function valuePlace(
	data: Buffer,
	at: number,
	type: number,
): { readonly start: number; readonly end: number } {
	if (type === 6 || type === textType)
		return { start: at + 2, end: at + 2 + data.readUInt16BE(at) };
	const length = fixedLengths[type];
	if (length === undefined) throw new RangeError(`a header has the unknown type ${type}`);
	return { start: at, end: at + length };
}

/** By type: true, false, byte, short, integer, long; time and UUID follow the two types with a length. */
const fixedLengths: readonly (number | undefined)[] = [
	0,
	0,
	1,
	2,
	4,
	8,
	undefined,
	undefined,
	8,
	16,
];
