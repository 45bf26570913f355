import { hash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";

const side = 64;

/** A square of one colour, which follows from the text. */
export function plainPng(text: string): Uint8Array {
	const colour = Buffer.from(hash("sha256", text).slice(0, 6), "hex");
	// Eight bits of red, green and blue a point; a zero before each line means that it is not filtered.
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.set([8, 2, 0, 0, 0], 8);
	const line = Buffer.concat([Buffer.from([0]), ...Array.from({ length: side }, () => colour)]);
	const points = Buffer.concat(Array.from({ length: side }, () => line));
	return Buffer.concat([
		Buffer.from("89504e470d0a1a0a", "hex"),
		chunk("IHDR", header),
		chunk("IDAT", deflateSync(points)),
		chunk("IEND", Buffer.alloc(0)),
	]);
}

function chunk(name: string, data: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
	const head = Buffer.alloc(4);
	head.writeUInt32BE(data.length);
	const sum = Buffer.alloc(4);
	sum.writeUInt32BE(crc32(named));
	return Buffer.concat([head, named, sum]);
}
