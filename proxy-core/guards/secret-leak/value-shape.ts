/** Pairs of letters that make up nine tenths of English text and of names in programs. */
const commonPairs: ReadonlySet<string> = new Set(
	"th he in er re an on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke ui fr oo ag ef if ap gr od bo sp rd do uc bu ei ov by rm ep tt oc fa cu rn sc gi da cr cl du ga qu ue ff ba ey ls va um pp ua up lu go ru ug ds pi rc eg au ck ew br bi pt ak rg ib rk ys ob ph og db fo st key ok".split(
		" ",
	),
);

const hexadecimal = /^(?:0x)?(?:[0-9a-f]+|[0-9A-F]+)$/;
const uuid = /^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/;
const placeholder =
	/example|placeholder|change_?-?me|replace|your[_\-a-z]|redacted|dummy|insert|sample|xxxx|\*\*\*|\.\.\.|^<|todo|fixme|not_?a_?real|undefined|lorem|foobar|^(?:null|none|true|false|nil)$/i;
const sameRun = /(.)\1{7}/;
const reference = /^[$%@&*~]|[{}<>]|\$\(|%\(|process\.env|os\.environ|getenv|secrets\.|vars\./;

/** A variable, a template or a stand-in: nobody's secret. */
export function isStandIn(value: string): boolean {
	return reference.test(value) || isPlaceholder(value);
}

export function isPlaceholder(value: string): boolean {
	return placeholder.test(value) || sameRun.test(value) || (!isUuid(value) && isSequence(value));
}

export function isUuid(value: string): boolean {
	return uuid.test(value);
}

/** Characters that mostly are one more than the one before, as in `abcdefgh` and `0123456789`. */
function isSequence(value: string): boolean {
	let steps = 0;
	for (let index = 1; index < value.length; index += 1) {
		if (value.charCodeAt(index) - value.charCodeAt(index - 1) === 1) steps += 1;
	}
	return value.length >= 8 && steps >= value.length * (value.length >= 20 ? 0.5 : 0.75);
}

interface Shape {
	readonly digits: number;
	readonly lower: number;
	readonly upper: number;
	readonly symbols: number;
	/** How often letters and digits, or the case within a word, alternate. */
	readonly turns: number;
	/** The share of neighbouring letters that are common in words; 0 when there are none. */
	readonly wordliness: number;
}

export function shapeOf(value: string): Shape {
	const count = { digits: 0, lower: 0, upper: 0, symbols: 0 };
	let turns = 0;
	let pairs = 0;
	let common = 0;
	let previous: keyof typeof count = "symbols";
	for (let index = 0; index < value.length; index += 1) {
		const kind = kindOf(value.charCodeAt(index));
		count[kind] += 1;
		const isWordStart = previous === "upper" && kind === "lower";
		if (index > 0 && kind !== previous && kind !== "symbols" && previous !== "symbols") {
			if (!isWordStart) turns += 1;
		}
		if (isLetter(kind) && isLetter(previous)) {
			pairs += 1;
			if (commonPairs.has(value.slice(index - 1, index + 1).toLowerCase())) common += 1;
		}
		previous = kind;
	}
	return { ...count, turns, wordliness: pairs === 0 ? 0 : common / pairs };
}

function kindOf(code: number): "digits" | "lower" | "upper" | "symbols" {
	if (code >= 48 && code <= 57) return "digits";
	if (code >= 97 && code <= 122) return "lower";
	return code >= 65 && code <= 90 ? "upper" : "symbols";
}

function isLetter(kind: string): boolean {
	return kind === "lower" || kind === "upper";
}

/** Shannon entropy in bits per character. */
export function entropyOf(value: string): number {
	const counts = new Map<string, number>();
	for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
	let bits = 0;
	for (const count of counts.values()) {
		const share = count / value.length;
		bits -= share * Math.log2(share);
	}
	return bits;
}

/** Whether a value looks as if a machine had drawn it, not as if a person had named something. */
export function isRandom(value: string): boolean {
	if (isUuid(value)) return true;
	if (value.length < 10 || isPlaceholder(value)) return false;
	const entropy = entropyOf(value);
	if (hexadecimal.test(value)) {
		return value.length >= 16 && entropy >= 2.8 && /[a-f]/i.test(value) && /\d/.test(value);
	}
	if (entropy < (value.length >= 20 ? 3.1 : 2.6)) return false;
	const { digits, lower, upper, turns, wordliness, symbols } = shapeOf(value);
	if (symbols > value.length / 3) return false;
	if (digits === 0) {
		if (upper > 0 && lower > 0 && turns >= 4) return wordliness < 0.6;
		return value.length >= 16 && wordliness < 0.4;
	}
	if (lower + upper === 0) return false;
	if (turns >= 4) return wordliness < 0.72;
	return turns >= 2 && wordliness < 0.55;
}

/** Whether a value looks like a password that somebody uses: not one plain word, not a number. */
export function isPasswordLike(value: string): boolean {
	if (value.length < 6 || value.length > 128 || isPlaceholder(value)) return false;
	if (weak.has(value.toLowerCase())) return false;
	const { digits, lower, upper, symbols, turns, wordliness } = shapeOf(value);
	const letters = lower + upper;
	if (letters === 0) return symbols > 0 && digits > 0 && /[!@#$%^&*+]/.test(value);
	const hasMark = /[!@#$%^&*+=?~]/.test(value);
	if (digits === 0)
		return (hasMark && !/[=]/.test(value)) || (letters >= 8 && turns >= 3 && wordliness < 0.6);
	// `utf8_general_ci`, `v2.0.0-beta`: names and versions with a digit in them.
	if (symbols > 0 && !hasMark && wordliness > 0.72 && digits <= 2) return false;
	return true;
}

const weak: ReadonlySet<string> = new Set(
	"password passwd secret token test testing admin user username root default required string number boolean text none null undefined true false hidden password1 password123 pass1234 test123 test1234 admin123 user123 secret123 abc123 123456 12345678 qwerty123".split(
		" ",
	),
);
