/** Keys and indexes from the root of a JSON document to one of its values. */
export type JsonPath = readonly (string | number)[];

export const QUOTE = 34;
export const COMMA = 44;
const BACKSLASH = 92;
export const OPEN_BRACKET = 91;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;
const SPACE = 32;

export function pathText(path: JsonPath): string {
	let text = "";
	for (const step of path)
		text += typeof step === "number" ? `[${step}]` : text === "" ? step : `.${step}`;
	return text;
}

export function keyText(text: string, start: number, end: number): string {
	const raw = text.slice(start + 1, end - 1);
	return raw.includes("\\") ? String(JSON.parse(text.slice(start, end))) : raw;
}

/** The offset after the closing quote of the string that opens at `start`. */
export function stringEnd(text: string, start: number): number {
	let at = start;
	for (;;) {
		at = text.indexOf('"', at + 1);
		if (at === -1) return text.length;
		let slashes = at;
		while (text.charCodeAt(slashes - 1) === BACKSLASH) slashes -= 1;
		if ((at - slashes) % 2 === 0) return at + 1;
	}
}

export function skipSpace(text: string, start: number): number {
	let at = start;
	while (text.charCodeAt(at) <= SPACE) at += 1;
	return at;
}

export function skipValue(text: string, start: number): number {
	const first = text.charCodeAt(start);
	if (first === QUOTE) return stringEnd(text, start);
	let at = start;
	if (first !== OPEN_BRACE && first !== OPEN_BRACKET) {
		while (at < text.length && !endsScalar(text.charCodeAt(at))) at += 1;
		return at;
	}
	let depth = 0;
	while (at < text.length) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) {
			at = stringEnd(text, at);
			continue;
		}
		at += 1;
		if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
		else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
			depth -= 1;
			if (depth === 0) return at;
		}
	}
	return at;
}

function endsScalar(code: number): boolean {
	return code <= SPACE || code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET;
}
