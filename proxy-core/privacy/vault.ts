import { placeholderOf } from "./vault-placeholder.ts";

/**
 * Which placeholder stands for which value, for one request and nothing beyond it: it is made when
 * the request is masked and forgotten with it, so nothing of it can be restored anywhere else.
 */
export interface Vault {
	/** The value's placeholder; the next number of its type when it has none. */
	readonly mask: (type: string, value: string) => string;
	/**
	 * What has to stand in the request for a text that already looks like a placeholder: itself while
	 * nobody's value goes by that name, else a placeholder that is restored to what the caller wrote.
	 */
	readonly keep: (literal: string, type: string) => string;
	/** Undefined for placeholders that are not of this request. */
	readonly valueOf: (placeholder: string) => string | undefined;
	/** Whether a placeholder that has to be restored begins with this name (what follows the `<`). */
	readonly mayBegin: (name: string) => boolean;
	/** Whether nothing has to be restored. */
	readonly isEmpty: () => boolean;
}

/**
 * Numbers are given in the order in which values are met, so a conversation that grows at its end
 * keeps the ones it has, without anything being remembered between its turns.
 */
export function createVault(): Vault {
	const values = new Map<string, string>();
	/** Per type, then by value: the same text may be of two types. */
	const placeholders = new Map<string, Map<string, string>>();
	const counts = new Map<string, number>();
	const literals = new Set<string>();

	const next = (type: string): string => {
		let number = counts.get(type) ?? 0;
		let placeholder: string;
		do {
			number += 1;
			placeholder = placeholderOf(type, number);
		} while (values.has(placeholder) || literals.has(placeholder));
		counts.set(type, number);
		return placeholder;
	};
	const mask = (type: string, value: string): string => {
		const known = placeholders.get(type) ?? new Map<string, string>();
		placeholders.set(type, known);
		let placeholder = known.get(value);
		if (placeholder === undefined) {
			placeholder = next(type);
			known.set(value, placeholder);
			values.set(placeholder, value);
		}
		return placeholder;
	};
	return {
		mask,
		keep: (literal, type) => {
			if (literals.has(literal)) return literal;
			if (values.has(literal)) return mask(type, literal);
			literals.add(literal);
			return literal;
		},
		valueOf: (placeholder) => values.get(placeholder),
		mayBegin: (name) => {
			if (values.size === 0) return false;
			for (const placeholder of values.keys()) {
				if (placeholder.startsWith(name, 1)) return true;
			}
			return false;
		},
		isEmpty: () => values.size === 0,
	};
}
