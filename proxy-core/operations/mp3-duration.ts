/** Bit rates in kbit/s of layer III: MPEG 1, then MPEG 2 and 2.5. ISO/IEC 11172-3 and 13818-3. */
const bitRates = {
	first: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
	second: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const sampleRates = [44_100, 48_000, 32_000] as const;

interface Mp3Frame {
	readonly bytes: number;
	readonly ms: number;
}

/** The length of an MP3 file: frame by frame, because a variable bit rate is not in any one header. */
export function mp3Ms(buffer: Buffer): number | undefined {
	let at = afterTag(buffer);
	let ms = 0;
	let frames = 0;
	while (at + 4 <= buffer.length) {
		const frame = frameAt(buffer, at);
		if (frame === undefined) break;
		ms += frame.ms;
		frames += 1;
		at += frame.bytes;
	}
	// Two bytes look like a frame by chance; several in a row do not.
	return frames < 3 ? undefined : ms;
}

/** ID3v2: the size has seven bits a byte. */
function afterTag(buffer: Buffer): number {
	if (buffer.toString("latin1", 0, 3) !== "ID3") return 0;
	const [a = 0, b = 0, c = 0, d = 0] = buffer.subarray(6, 10);
	return 10 + (((a & 127) << 21) | ((b & 127) << 14) | ((c & 127) << 7) | (d & 127));
}

function frameAt(buffer: Buffer, at: number): Mp3Frame | undefined {
	const header = buffer.readUInt32BE(at);
	// Eleven set bits, and layer III.
	if (header >>> 21 !== 0x7ff || ((header >>> 17) & 3) !== 1) return undefined;
	const version = (header >>> 19) & 3;
	const base = sampleRates[(header >>> 10) & 3];
	const isFirst = version === 3;
	const rates = isFirst ? bitRates.first : bitRates.second;
	const bitRate = rates[(header >>> 12) & 15];
	if (base === undefined || bitRate === undefined || bitRate === 0 || version === 1)
		return undefined;
	const sampleRate = isFirst ? base : version === 2 ? base / 2 : base / 4;
	const samples = isFirst ? 1152 : 576;
	const padding = (header >>> 9) & 1;
	return {
		bytes: Math.floor((samples / 8) * ((bitRate * 1000) / sampleRate)) + padding,
		ms: (samples / sampleRate) * 1000,
	};
}
