"use client";

import { useSyncExternalStore } from "react";
import type * as z from "zod";

const changed = "llmproxy.preference";

/**
 * A choice about looks that this browser remembers, such as the density of tables. Never for anything
 * secret or shared: it lies in localStorage.
 */
export function useStoredPreference<Value>(
	name: string,
	schema: z.ZodType<Value>,
	initial: Value,
): readonly [Value, (next: Value) => void] {
	const key = `llmproxy.${name}`;
	const text = useSyncExternalStore(
		subscribe,
		() => readText(key),
		() => null,
	);
	const parsed = text === null ? undefined : schema.safeParse(parseJson(text));
	const write = (next: Value) => {
		try {
			localStorage.setItem(key, JSON.stringify(next));
		} catch {
			// A browser that stores nothing still shows the page, with the usual looks.
		}
		window.dispatchEvent(new Event(changed));
	};
	return [parsed?.success === true ? parsed.data : initial, write];
}

function subscribe(onChange: () => void): () => void {
	window.addEventListener("storage", onChange);
	window.addEventListener(changed, onChange);
	return () => {
		window.removeEventListener("storage", onChange);
		window.removeEventListener(changed, onChange);
	};
}

function readText(key: string): string | null {
	try {
		return localStorage.getItem(key);
	} catch {
		return null;
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
