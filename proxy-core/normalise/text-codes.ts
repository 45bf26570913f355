/** The UTF-16 code units of a text; loops over them take half the time of those over the text itself. */
export function codesOf(text: string): Uint16Array {
	const codes = new Uint16Array(text.length);
	if (text.length > 0) Buffer.from(codes.buffer).write(text, "utf16le");
	return codes;
}

/** The text that has these UTF-16 code units. */
export function textOf(codes: Uint16Array): string {
	return Buffer.from(codes.buffer, codes.byteOffset, codes.byteLength).toString("utf16le");
}
