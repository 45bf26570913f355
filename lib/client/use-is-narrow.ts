"use client";

import { useSyncExternalStore } from "react";

const query = "(max-width: 639px)";

/** True on phones. The server does not know, and assumes a wide screen. */
export function useIsNarrow(): boolean {
	return useSyncExternalStore(
		subscribe,
		() => window.matchMedia(query).matches,
		() => false,
	);
}

function subscribe(onChange: () => void): () => void {
	const media = window.matchMedia(query);
	media.addEventListener("change", onChange);
	return () => media.removeEventListener("change", onChange);
}
