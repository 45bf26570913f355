import { rotate } from "../decode-run.ts";

const hexOf = (char: string) => (char.charCodeAt(0) & 0xff).toString(16).padStart(2, "0");
const eachAscii = (text: string, write: (char: string) => string) =>
	Array.from(text, (char) => (char.charCodeAt(0) < 128 ? write(char) : char)).join("");

/** Encodings that can be put around any text, also around each other. */
export const carriers: Readonly<Record<string, (text: string) => string>> = {
	percent: (text) => eachAscii(text, (char) => `%${hexOf(char)}`),
	"percent, reserved only": encodeURIComponent,
	"percent twice": (text) => eachAscii(text, (char) => `%25${hexOf(char)}`),
	"decimal entities": (text) => eachAscii(text, (char) => `&#${char.charCodeAt(0)};`),
	"hexadecimal entities": (text) => eachAscii(text, (char) => `&#x${hexOf(char)};`),
	"backslash u": (text) => eachAscii(text, (char) => `\\u00${hexOf(char)}`),
	"backslash x": (text) => eachAscii(text, (char) => `\\x${hexOf(char)}`),
	base64: (text) => Buffer.from(text).toString("base64"),
	base64url: (text) => Buffer.from(text).toString("base64url"),
	"base64 in lines": (text) => Buffer.from(text).toString("base64").replace(/.{40}/g, "$&\n"),
	hex: (text) => Buffer.from(text).toString("hex"),
	"hex pairs": (text) => Buffer.from(text).toString("hex").replace(/../g, "$& ").trim(),
};

const cyrillic: Readonly<Record<string, string>> = {
	a: "а",
	c: "с",
	e: "е",
	o: "о",
	p: "р",
	x: "х",
	y: "у",
};
const leet: Readonly<Record<string, string>> = { a: "4", e: "3", i: "1", o: "0", s: "5", t: "7" };
const replaced = (text: string, by: Readonly<Record<string, string>>) =>
	Array.from(text, (char) => by[char] ?? char).join("");

/** Ways to write a text so that a person still reads it; they make sense on the text itself. */
export const scripts: Readonly<Record<string, (text: string) => string>> = {
	plainly: (text) => text,
	"in capitals": (text) => text.toUpperCase(),
	"over lines": (text) => text.replaceAll(" ", "\n"),
	"with tabs": (text) => text.replaceAll(" ", "\t"),
	"with zero-width characters": (text) => Array.from(text).join("\u200b"),
	"with Cyrillic letters": (text) => replaced(text, cyrillic),
	"with digits": (text) => replaced(text, leet),
	"in wide letters": (text) =>
		text.replace(/[a-z]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
	"letter by letter": (text) => Array.from(text).join(" "),
	"with dots": (text) => Array.from(text.replaceAll(" ", "")).join("."),
	"in ROT13": rotate,
};
