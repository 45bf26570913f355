import { mp3Ms } from "./mp3-duration.ts";

/** Sound of less than 16 kbit/s is unusual, so that is what a file of unknown form is taken for. */
const slowestBytesPerMs = 2;
/** Two channels of 16 bits at 48 kHz: what a header says cannot make a file shorter than this. */
const fastestBytesPerMs = 192;

/**
 * How long a recording is, in milliseconds, as its header says: WAV, MP3, FLAC, Ogg (Opus, Vorbis),
 * MP4 and WebM. Without one, how long a file of this size can plausibly be. Never throws.
 */
export function audioMsOf(bytes: Uint8Array): number {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const shortest = Math.ceil(buffer.length / fastestBytesPerMs);
	const longest = Math.ceil(buffer.length / slowestBytesPerMs);
	const said = headerMs(buffer);
	if (said === undefined || !Number.isFinite(said) || said <= 0) return longest;
	return Math.max(shortest, Math.ceil(said));
}

function headerMs(buffer: Buffer): number | undefined {
	// Every reader looks no further than what it has found to be there.
	if (buffer.length < 64) return undefined;
	const magic = buffer.toString("latin1", 0, 12);
	if (magic.startsWith("RIFF") && magic.endsWith("WAVE")) return wavMs(buffer);
	if (magic.startsWith("fLaC")) return flacMs(buffer);
	if (magic.startsWith("OggS")) return oggMs(buffer);
	if (magic.slice(4, 8) === "ftyp") return mp4Ms(buffer);
	if (magic.startsWith("\x1a\x45\xdf\xa3")) return webmMs(buffer);
	return mp3Ms(buffer);
}

function wavMs(buffer: Buffer): number | undefined {
	let bytesPerSecond = 0;
	let at = 12;
	while (at + 8 <= buffer.length) {
		const name = buffer.toString("latin1", at, at + 4);
		const size = buffer.readUInt32LE(at + 4);
		if (name === "fmt " && at + 20 <= buffer.length) bytesPerSecond = buffer.readUInt32LE(at + 16);
		if (name === "data") {
			// Whoever wrote the file while recording did not know its length yet.
			const left = buffer.length - at - 8;
			const data = size === 0 ? left : Math.min(size, left);
			return bytesPerSecond === 0 ? undefined : (data / bytesPerSecond) * 1000;
		}
		at += 8 + size + (size % 2);
	}
	return undefined;
}

/** STREAMINFO, RFC 9639 section 8.2: 20 bits of sample rate, 36 bits of samples. */
function flacMs(buffer: Buffer): number | undefined {
	const rate = buffer.readUIntBE(18, 3) >> 4;
	const samples = ((buffer[21] ?? 0) & 15) * 2 ** 32 + buffer.readUInt32BE(22);
	return rate === 0 || samples === 0 ? undefined : (samples / rate) * 1000;
}

/** The last page's granule position counts samples; Opus counts at 48 kHz whatever it plays at (RFC 7845). */
function oggMs(buffer: Buffer): number | undefined {
	const last = buffer.lastIndexOf("OggS");
	if (last + 14 > buffer.length) return undefined;
	const samples = Number(buffer.readBigInt64LE(last + 6));
	if (buffer.subarray(0, 128).includes("OpusHead")) return samples / 48;
	const vorbis = buffer.subarray(0, 128).indexOf("\x01vorbis");
	if (vorbis === -1 || vorbis + 16 > buffer.length) return undefined;
	return (samples / buffer.readUInt32LE(vorbis + 12)) * 1000;
}

/** The movie header box, ISO/IEC 14496-12 section 8.2.2. */
function mp4Ms(buffer: Buffer): number | undefined {
	const at = buffer.indexOf("mvhd");
	if (at === -1 || at + 36 > buffer.length) return undefined;
	const isLong = buffer[at + 4] === 1;
	const scale = buffer.readUInt32BE(at + (isLong ? 24 : 16));
	const length = isLong ? Number(buffer.readBigUInt64BE(at + 28)) : buffer.readUInt32BE(at + 20);
	return scale === 0 ? undefined : (length / scale) * 1000;
}

/** Matroska's Duration as a float, in milliseconds at the usual time scale. */
function webmMs(buffer: Buffer): number | undefined {
	const head = buffer.subarray(0, 4096);
	const long = head.indexOf(Buffer.from([0x44, 0x89, 0x88]));
	if (long !== -1 && long + 11 <= head.length) return head.readDoubleBE(long + 3);
	const short = head.indexOf(Buffer.from([0x44, 0x89, 0x84]));
	return short !== -1 && short + 7 <= head.length ? head.readFloatBE(short + 3) : undefined;
}
