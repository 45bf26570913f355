"use client";

import type { KeyboardEvent, RefObject } from "react";
import { useEffect, useRef } from "react";

/**
 * j and k (or the arrows) move between rows, Enter opens one, Esc leaves. From anywhere on the page
 * that takes no text, j goes to the first row.
 */
export function useRowKeys(open: ((index: number) => void) | undefined): {
	readonly body: RefObject<HTMLTableSectionElement | null>;
	readonly onKeyDown: (event: KeyboardEvent<HTMLTableSectionElement>) => void;
} {
	const body = useRef<HTMLTableSectionElement>(null);
	useEffect(() => {
		const enter = (event: globalThis.KeyboardEvent) => {
			if (event.key !== "j" || event.ctrlKey || event.metaKey || event.altKey) return;
			if (document.activeElement !== document.body) return;
			event.preventDefault();
			body.current?.rows[0]?.focus();
		};
		window.addEventListener("keydown", enter);
		return () => window.removeEventListener("keydown", enter);
	}, []);
	const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
		const row = event.target instanceof HTMLTableRowElement ? event.target : undefined;
		if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
		const rows = event.currentTarget.rows;
		const index = Array.from(rows).indexOf(row);
		switch (event.key) {
			case "j":
			case "ArrowDown":
				rows[index + 1]?.focus();
				break;
			case "k":
			case "ArrowUp":
				rows[index - 1]?.focus();
				break;
			case "Enter":
				open?.(index);
				break;
			case "Escape":
				row.blur();
				break;
			default:
				return;
		}
		event.preventDefault();
	};
	return { body, onKeyDown };
}
