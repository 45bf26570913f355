import { GatewayError } from "../errors/gateway-error.ts";
import type { JsonPath } from "./json-scan.ts";
import {
	CLOSE_BRACE,
	CLOSE_BRACKET,
	COMMA,
	keyText,
	OPEN_BRACE,
	OPEN_BRACKET,
	pathText,
	QUOTE,
	skipSpace,
	skipValue,
	stringEnd,
} from "./json-scan.ts";

/** `value: undefined` takes the member out; `json` is put in as it is, without another encoding. */
export type JsonEdit =
	| { readonly path: JsonPath; readonly value: unknown }
	| { readonly path: JsonPath; readonly json: string };

interface Node {
	readonly children: Map<string | number, Node>;
	edit?: JsonEdit;
}

interface Patch {
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

/**
 * Replaces, inserts or removes the named values of `text` and leaves every other character as it
 * was: numbers beyond a double, key order, white space and escapes survive.
 * `text` must be valid JSON without duplicate keys. A missing object on the way (or a `null` in its
 * place) is made; a path through any other scalar throws `request.invalid`, and one past the end of
 * an array is ignored. One linear scan of the text, whatever the number of edits.
 */
export function spliceJson(text: string, edits: readonly JsonEdit[]): string {
	if (edits.length === 0) return text;
	const root: Node = { children: new Map() };
	for (const edit of edits) plant(root, edit);
	const patches: Patch[] = [];
	visit({ text, patches, path: [] }, skipSpace(text, 0), root);
	let result = "";
	let from = 0;
	for (const patch of patches) {
		result += text.slice(from, patch.start) + patch.text;
		from = patch.end;
	}
	return result + text.slice(from);
}

/**
 * The JSON text of the value at `path`, exactly as written, or undefined when there is none.
 * Numbers that a double cannot hold survive this, but not parsing and writing again.
 */
export function sliceJson(text: string, path: JsonPath): string | undefined {
	let at = skipSpace(text, 0);
	for (const step of path) {
		const found = typeof step === "number" ? findItem(text, at, step) : findMember(text, at, step);
		if (found === undefined) return undefined;
		at = found;
	}
	return text.slice(at, skipValue(text, at));
}

function findMember(text: string, start: number, name: string): number | undefined {
	if (text.charCodeAt(start) !== OPEN_BRACE) return undefined;
	let at = skipSpace(text, start + 1);
	while (text.charCodeAt(at) === QUOTE) {
		const keyEnd = stringEnd(text, at);
		const value = skipSpace(text, skipSpace(text, keyEnd) + 1);
		if (keyText(text, at, keyEnd) === name) return value;
		at = skipSpace(text, skipValue(text, value));
		if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
	}
	return undefined;
}

function findItem(text: string, start: number, index: number): number | undefined {
	if (text.charCodeAt(start) !== OPEN_BRACKET) return undefined;
	let at = skipSpace(text, start + 1);
	for (let item = 0; item < index && at < text.length; item += 1) {
		at = skipSpace(text, skipValue(text, at));
		if (text.charCodeAt(at) !== COMMA) return undefined;
		at = skipSpace(text, at + 1);
	}
	return text.charCodeAt(at) === CLOSE_BRACKET ? undefined : at;
}

interface Splice {
	readonly text: string;
	readonly patches: Patch[];
	readonly path: (string | number)[];
}

function plant(root: Node, edit: JsonEdit): void {
	let node = root;
	for (const step of edit.path) {
		const child: Node = node.children.get(step) ?? { children: new Map() };
		node.children.set(step, child);
		node = child;
	}
	node.edit = edit;
}

/** Returns the offset just after the value at `start`. */
function visit(splice: Splice, start: number, node: Node): number {
	const { text, patches } = splice;
	if (node.edit !== undefined) {
		const end = skipValue(text, start);
		patches.push({ start, end, text: encoded(node.edit) ?? "null" });
		return end;
	}
	const code = text.charCodeAt(start);
	if (code === OPEN_BRACE) return visitObject(splice, start, node);
	if (code === OPEN_BRACKET) return visitArray(splice, start, node);
	const end = skipValue(text, start);
	const made = madeOf(node);
	if (made === undefined) return end;
	if (text.slice(start, end) !== "null")
		throw new GatewayError("request.invalid", {
			param: pathText(splice.path),
			message: `${pathText(splice.path)} must be an object.`,
		});
	patches.push({ start, end, text: made });
	return end;
}

function visitObject(splice: Splice, start: number, node: Node): number {
	const { text } = splice;
	const wanted = new Set(node.children.keys());
	const cursor: ObjectCursor = { at: skipSpace(text, start + 1), previousEnd: start + 1, kept: 0 };
	while (text.charCodeAt(cursor.at) === QUOTE) visitMember(splice, cursor, { node, wanted });
	const added: string[] = [];
	for (const key of wanted) {
		const child = node.children.get(key);
		const value = child && (child.edit ? encoded(child.edit) : madeOf(child));
		if (value !== undefined) added.push(`${JSON.stringify(String(key))}:${value}`);
	}
	if (added.length > 0) {
		const { previousEnd, kept } = cursor;
		const inserted = (kept > 0 ? "," : "") + added.join(",");
		splice.patches.push({ start: previousEnd, end: previousEnd, text: inserted });
	}
	return cursor.at + 1;
}

interface ObjectCursor {
	/** At a key's opening quote, or at the closing brace. */
	at: number;
	/** After the last member's value, or after the opening brace. */
	previousEnd: number;
	/** Members so far that stay. */
	kept: number;
}

interface Wanted {
	readonly node: Node;
	/** Keys with edits that have not been met yet. */
	readonly wanted: Set<string | number>;
}

function visitMember(splice: Splice, cursor: ObjectCursor, { node, wanted }: Wanted): void {
	const { text, path } = splice;
	const keyEnd = stringEnd(text, cursor.at);
	const key = keyText(text, cursor.at, keyEnd);
	const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
	const child = node.children.get(key);
	wanted.delete(key);
	let valueEnd: number;
	if (child === undefined) valueEnd = skipValue(text, valueStart);
	else if (isRemoval(child)) valueEnd = removeMember(splice, cursor, valueStart);
	else {
		path.push(key);
		valueEnd = visit(splice, valueStart, child);
		path.pop();
	}
	if (child === undefined || !isRemoval(child)) cursor.kept += 1;
	cursor.previousEnd = valueEnd;
	const next = skipSpace(text, valueEnd);
	cursor.at = text.charCodeAt(next) === COMMA ? skipSpace(text, next + 1) : next;
}

/** One comma goes with the member: the one before it when a member stays in front, else the one after. */
function removeMember({ text, patches }: Splice, cursor: ObjectCursor, valueStart: number): number {
	const valueEnd = skipValue(text, valueStart);
	if (cursor.kept > 0) {
		patches.push({ start: cursor.previousEnd, end: valueEnd, text: "" });
		return valueEnd;
	}
	const next = skipSpace(text, valueEnd);
	const end = text.charCodeAt(next) === COMMA ? next + 1 : valueEnd;
	patches.push({ start: cursor.at, end, text: "" });
	return valueEnd;
}

function visitArray(splice: Splice, start: number, node: Node): number {
	const { text, path } = splice;
	let at = skipSpace(text, start + 1);
	let index = 0;
	while (at < text.length && text.charCodeAt(at) !== CLOSE_BRACKET) {
		const child = node.children.get(index);
		if (child === undefined) at = skipValue(text, at);
		else {
			path.push(index);
			at = visit(splice, at, child);
			path.pop();
		}
		at = skipSpace(text, at);
		if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
		index += 1;
	}
	return at + 1;
}

function isRemoval(node: Node): boolean {
	return node.edit !== undefined && encoded(node.edit) === undefined;
}

function encoded(edit: JsonEdit): string | undefined {
	return "json" in edit ? edit.json : JSON.stringify(edit.value);
}

/** The object that has to be made for the edits below `node`, or nothing when they all remove. */
function madeOf(node: Node): string | undefined {
	const members: string[] = [];
	for (const [key, child] of node.children) {
		if (typeof key === "number") continue;
		const value = child.edit ? encoded(child.edit) : madeOf(child);
		if (value !== undefined) members.push(`${JSON.stringify(key)}:${value}`);
	}
	return members.length === 0 ? undefined : `{${members.join(",")}}`;
}

/**
 * The first key that an object of `text` (valid JSON) names twice, as a path such as
 * `messages[0].role`. Parsers differ in which one they keep, so what was inspected might not be
 * what the upstream reads. Keys are compared unescaped.
 */
export function findDuplicateKey(text: string): string | undefined {
	const scan: KeyScan = { path: [], seen: [], top: undefined, expectsKey: false };
	let at = 0;
	while (at < text.length) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) {
			const end = stringEnd(text, at);
			if (scan.expectsKey && scan.top !== undefined) {
				const key = keyText(text, at, end);
				scan.path[scan.path.length - 1] = key;
				if (!addKey(scan.top, key)) return pathText(scan.path);
				scan.expectsKey = false;
			}
			at = end;
		} else {
			takeMark(scan, code);
			at += 1;
		}
	}
	return undefined;
}

interface KeyScan {
	readonly path: (string | number)[];
	/** One entry per open container; undefined for arrays. */
	readonly seen: (SeenKeys | undefined)[];
	top: SeenKeys | undefined;
	expectsKey: boolean;
}

function takeMark(scan: KeyScan, code: number): void {
	if (code === COMMA) nextItem(scan);
	else if (code === OPEN_BRACE) enter(scan, { few: [], many: undefined });
	else if (code === OPEN_BRACKET) enter(scan, undefined);
	else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) leave(scan);
}

function enter(scan: KeyScan, keys: SeenKeys | undefined): void {
	scan.seen.push(keys);
	scan.path.push(keys === undefined ? 0 : "");
	scan.top = keys;
	scan.expectsKey = keys !== undefined;
}

function leave(scan: KeyScan): void {
	scan.seen.pop();
	scan.path.pop();
	scan.top = scan.seen[scan.seen.length - 1];
	scan.expectsKey = false;
}

function nextItem(scan: KeyScan): void {
	if (scan.top !== undefined) scan.expectsKey = true;
	else scan.path[scan.path.length - 1] = Number(scan.path.at(-1)) + 1;
}

interface SeenKeys {
	readonly few: string[];
	many: Set<string> | undefined;
}

/** False when the key was there already. A plain list beats a set for the usual handful of keys. */
function addKey(seen: SeenKeys, key: string): boolean {
	if (seen.many !== undefined) {
		if (seen.many.has(key)) return false;
		seen.many.add(key);
		return true;
	}
	if (seen.few.includes(key)) return false;
	seen.few.push(key);
	if (seen.few.length > 12) seen.many = new Set(seen.few);
	return true;
}
