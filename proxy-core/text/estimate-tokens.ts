/**
 * How many tokens `text` is for a current byte-pair tokeniser, within about a fifth for prose and
 * code. Linear, without tables; for budgets and for answers whose provider gave no counts.
 */
export function estimateTokens(text: string): number {
	let tokens = 0;
	let at = 0;
	while (at < text.length) {
		const kind = kindOf(text.charCodeAt(at));
		const start = at;
		do at += 1;
		while (at < text.length && kindOf(text.charCodeAt(at)) === kind);
		tokens += tokensOfRun(kind, at - start);
	}
	return Math.ceil(tokens);
}

type Kind = "space" | "break" | "word" | "digits" | "sign" | "letters" | "ideograms" | "surrogates";

function tokensOfRun(kind: Kind, length: number): number {
	switch (kind) {
		// One space belongs to the word after it; indentation is merged.
		case "space":
			return length === 1 ? 0 : Math.ceil(length / 16);
		case "break":
			return Math.ceil(length / 2);
		case "word":
			return length <= 7 ? 1 : Math.ceil(length / 6);
		case "digits":
			return Math.ceil(length / 3);
		case "sign":
			return Math.ceil(length / 2);
		case "letters":
			return length / 2.5;
		case "ideograms":
			return length * 0.8;
		case "surrogates":
			return length;
	}
}

function kindOf(code: number): Kind {
	if (code < 128) return asciiKindOf(code);
	if (code >= 0xd800 && code <= 0xdfff) return "surrogates";
	const isIdeogram = (code >= 0x2e80 && code <= 0xd7ff) || (code >= 0xf900 && code <= 0xfaff);
	return isIdeogram || code >= 0xff00 ? "ideograms" : "letters";
}

function asciiKindOf(code: number): Kind {
	const lower = code | 32;
	if (lower >= 97 && lower <= 122) return "word";
	if (code === 32 || code === 9) return "space";
	if (code === 10 || code === 13) return "break";
	return code >= 48 && code <= 57 ? "digits" : "sign";
}
