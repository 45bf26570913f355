"use client";

import { useNow } from "../../lib/client/use-now.tsx";
import { formatAbsolute, formatRelative } from "../../lib/format/time.ts";
import { Tooltip } from "./tooltip.tsx";

interface TimeProps {
	/** ISO 8601; null shows `fallback`. */
	readonly at: string | null;
	readonly fallback?: string;
	/** Shows the absolute time in the page and the relative one on hover. */
	readonly isAbsolute?: boolean;
}

export function Time({ at, fallback = "never", isAbsolute = false }: TimeProps) {
	const now = useNow();
	if (at === null) return <span className="text-faint">{fallback}</span>;
	const date = new Date(at);
	const absolute = formatAbsolute(date);
	const relative = formatRelative(date, now);
	return (
		<Tooltip content={isAbsolute ? relative : absolute}>
			<time
				dateTime={at}
				// The zone is the reader's, which the server does not know.
				suppressHydrationWarning
				className="whitespace-nowrap"
			>
				{isAbsolute ? absolute : relative}
			</time>
		</Tooltip>
	);
}
