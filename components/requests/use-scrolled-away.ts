"use client";

import type { RefObject } from "react";
import { useEffect, useState } from "react";

/** Less than a row: nobody reads further down yet. */
const slackPx = 24;
/** Filters and head may leave the screen before the first rows do. */
const headPx = 160;

/**
 * Whether the beginning of a list has been scrolled out of sight, be it in a box of its own within
 * `root` or with the page around it.
 */
export function useScrolledAway(root: RefObject<HTMLElement | null>): {
	readonly isAway: boolean;
	readonly toTop: () => void;
} {
	const [box, setBox] = useState<Element | undefined>(undefined);
	const [isOutside, setIsOutside] = useState(false);
	useEffect(() => {
		const onScroll = ({ target }: Event) => {
			const list = root.current;
			if (list === null || !(target instanceof Element)) return;
			if (list.contains(target)) setBox(target.scrollTop > slackPx ? target : undefined);
			else if (target.contains(list)) {
				const distance = target.getBoundingClientRect().top - list.getBoundingClientRect().top;
				setIsOutside(distance > headPx);
			}
		};
		// Scrolling does not bubble, but it is captured on the way down.
		document.addEventListener("scroll", onScroll, { capture: true, passive: true });
		return () => document.removeEventListener("scroll", onScroll, { capture: true });
	}, [root]);
	return {
		isAway: isOutside || box !== undefined,
		toTop: () => {
			box?.scrollTo({ top: 0 });
			if (isOutside) root.current?.scrollIntoView({ block: "start" });
			setBox(undefined);
			setIsOutside(false);
		},
	};
}
