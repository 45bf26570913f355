import { hash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const prefix = "sk-llmproxy-";
const idLength = 10;
/** 43 base62 characters hold 256 bits. */
const secretLength = 43;
const checksumLength = 6;
const tokenLength = prefix.length + idLength + 1 + secretLength + checksumLength;
const shape = /^sk-llmproxy-[0-9A-Za-z]{10}-[0-9A-Za-z]{49}$/;
/** Shorter foreign tokens could be guessed. */
const foreignLengthMin = 24;

/** A token as it is shown once, and what the database keeps of it. */
export interface KeyToken {
	readonly id: string;
	readonly token: string;
}

/**
 * A new `sk-llmproxy-<id>-<secret><checksum>`. The checksum is the CRC-32 of everything before it, so
 * that secret scanners can tell a real key from a look-alike without asking anybody.
 * With `id` the token gets a new secret and keeps its name (rotation).
 */
export function createKeyToken(id: string = randomText(idLength)): KeyToken {
	const body = `${prefix}${id}-${randomText(secretLength)}`;
	return { id, token: body + checksum(body) };
}

/** How a token starts; enough to recognise it, not to use it. */
export function tokenPrefix(id: string): string {
	return `${prefix}${id}-`;
}

/**
 * The id under which a token's hash is stored. Ours carry it; a wrong checksum means it was never
 * one. Any other token that is long enough (one from the environment) is named by its own hash.
 */
export function keyIdOf(token: string): string | undefined {
	if (token.startsWith(prefix)) {
		if (token.length !== tokenLength || !shape.test(token)) return undefined;
		const body = token.slice(0, -checksumLength);
		if (checksum(body) !== token.slice(-checksumLength)) return undefined;
		return token.slice(prefix.length, prefix.length + idLength);
	}
	if (token.length < foreignLengthMin) return undefined;
	return `env-${hash("sha256", `llmproxy.key-id.v1:${token}`, "hex").slice(0, 20)}`;
}

/**
 * SHA-256 of the whole token. A slow hash would add nothing: the secret is random, not a password.
 */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
	// Through text: a buffer from OpenSSL comes with an allocation of its own, at three times the price.
	return new Uint8Array(Buffer.from(hash("sha256", token, "hex"), "hex"));
}

function checksum(body: string): string {
	let rest = crc32(body);
	let text = "";
	for (let index = 0; index < checksumLength; index += 1) {
		text = alphabet.charAt(rest % 62) + text;
		rest = Math.floor(rest / 62);
	}
	return text;
}

/** Uniform base62 text: bytes that would favour some characters are thrown away. */
function randomText(length: number): string {
	const unbiased = 256 - (256 % alphabet.length);
	let text = "";
	while (text.length < length) {
		for (const byte of randomBytes(length)) {
			if (byte < unbiased && text.length < length) text += alphabet.charAt(byte % alphabet.length);
		}
	}
	return text;
}
