/** As much of the protocol-buffer wire format as one model file needs. */

/** Parts of a message one after the other. */
export function message(...parts: readonly Uint8Array[]): Uint8Array {
	return Buffer.concat(parts);
}

/** A field whose value is bytes: a text, a packed list or another message. */
export function field(number: number, value: Uint8Array): Uint8Array {
	return message(varint(number * 8 + 2), varint(value.length), value);
}

/** A field with a whole number from 0 on. */
export function whole(number: number, value: number): Uint8Array {
	return message(varint(number * 8), varint(value));
}

export function text(value: string): Uint8Array {
	return Buffer.from(value, "utf8");
}

/** Little-endian, as tensors hold them. */
export function floats(values: readonly number[]): Uint8Array {
	return new Uint8Array(Float32Array.from(values).buffer);
}

export function int64s(values: readonly number[]): Uint8Array {
	return new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
}

function varint(value: number): Uint8Array {
	const bytes: number[] = [];
	let rest = value;
	while (rest >= 128) {
		bytes.push((rest % 128) + 128);
		rest = Math.floor(rest / 128);
	}
	return Uint8Array.from([...bytes, rest]);
}
