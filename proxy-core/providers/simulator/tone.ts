const samplesPerSecond = 8000;
const secondsPerWord = 0.25;
const secondsMax = 60;
export const wavHeaderBytes = 44;

/** A soft tone of 440 Hz, a quarter of a second for each word: 16 bits, one channel, 8 kHz. */
export function toneWav(words: number): Buffer {
	const seconds = Math.min(secondsMax, Math.max(1, words) * secondsPerWord);
	const samples = Math.floor(seconds * samplesPerSecond);
	const wav = Buffer.alloc(wavHeaderBytes + samples * 2);
	wav.write("RIFF", 0, "latin1");
	wav.writeUInt32LE(wav.length - 8, 4);
	wav.write("WAVEfmt ", 8, "latin1");
	wav.writeUInt32LE(16, 16);
	wav.writeUInt16LE(1, 20);
	wav.writeUInt16LE(1, 22);
	wav.writeUInt32LE(samplesPerSecond, 24);
	wav.writeUInt32LE(samplesPerSecond * 2, 28);
	wav.writeUInt16LE(2, 32);
	wav.writeUInt16LE(16, 34);
	wav.write("data", 36, "latin1");
	wav.writeUInt32LE(samples * 2, 40);
	for (let at = 0; at < samples; at++) {
		const value = Math.sin((2 * Math.PI * 440 * at) / samplesPerSecond) * 4000;
		wav.writeInt16LE(Math.round(value), wavHeaderBytes + at * 2);
	}
	return wav;
}
