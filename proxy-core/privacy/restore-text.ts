import type { TextEdit } from "../contract/verdict.ts";
import type { Vault } from "./vault.ts";
import type { Spelling } from "./vault-placeholder.ts";
import { findPlaceholders } from "./vault-placeholder.ts";

/** Enough of a text's beginning to know whether it is JSON. */
export const headChars = 8;

/** Arguments of calls, and answers of those who asked for JSON. */
export function isJsonHead(head: string): boolean {
	return head.startsWith("{") || /^\[\s*["{[\]]/.test(head);
}

/** How a value is written where its placeholder stood: inside a JSON string, in HTML, or as it is. */
function encoderFor(spelling: Spelling, isJson: boolean): (value: string) => string {
	const inner = spelling === "entity" ? escapeHtml : (value: string) => value;
	return isJson || spelling === "unicode" ? (value) => escapeJson(inner(value)) : inner;
}

function escapeJson(value: string): string {
	return JSON.stringify(value).slice(1, -1);
}

function escapeHtml(value: string): string {
	return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

type Edit = Pick<TextEdit, "start" | "end" | "replacement">;

interface Range {
	readonly from?: number;
	readonly isJson: boolean;
}

/** What puts the vault's values back into `text`. A value that was put back is not read again. */
export function restoringEdits(text: string, vault: Vault, range: Range): readonly Edit[] {
	return findPlaceholders(text, range.from).flatMap(({ placeholder, start, end, spelling }) => {
		const value = vault.valueOf(placeholder);
		if (value === undefined) return [];
		return [{ start, end, replacement: encoderFor(spelling, range.isJson)(value) }];
	});
}
