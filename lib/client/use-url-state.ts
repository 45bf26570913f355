"use client";

import { usePathname, useSearchParams } from "next/navigation";

/** New values by name; null removes one. */
export type UrlChanges = Readonly<Record<string, string | null>>;

/**
 * What a page remembers in its address: filters, tabs, the chosen range. A link to it shows the same.
 * Changing it does not ask the server for the page again.
 */
export function useUrlState(): readonly [
	params: Pick<URLSearchParams, "get" | "has" | "toString">,
	change: (changes: UrlChanges, mode?: "replace" | "push") => void,
] {
	const params = useSearchParams();
	const pathname = usePathname();
	const change = (changes: UrlChanges, mode: "replace" | "push" = "replace") => {
		// Read at the time of the change, so that two changes in one tick do not undo each other.
		const next = new URLSearchParams(window.location.search);
		for (const [name, value] of Object.entries(changes)) {
			if (value === null || value === "") next.delete(name);
			else next.set(name, value);
		}
		const address = next.size === 0 ? pathname : `${pathname}?${next.toString()}`;
		if (mode === "push") window.history.pushState(null, "", address);
		else window.history.replaceState(null, "", address);
	};
	return [params, change];
}
