"use client";

import { useEffect, useEffectEvent } from "react";

interface Shortcuts {
	/** Ctrl or ⌘ and K, anywhere. */
	readonly palette: () => void;
	/** `?`, outside of fields. */
	readonly help: () => void;
}

export function useShortcuts({ palette, help }: Shortcuts): void {
	const onKey = useEffectEvent((event: KeyboardEvent) => {
		if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
			event.preventDefault();
			palette();
		} else if (event.key === "?" && !takesText(event.target)) {
			event.preventDefault();
			help();
		}
	});
	useEffect(() => {
		const listener = (event: KeyboardEvent) => onKey(event);
		window.addEventListener("keydown", listener);
		return () => window.removeEventListener("keydown", listener);
	}, []);
}

function takesText(target: EventTarget | null): boolean {
	return (
		target instanceof HTMLElement &&
		(target.isContentEditable ||
			target.closest("input, textarea, select, [role=combobox]") !== null)
	);
}
