"use client";

import type { ReactNode } from "react";
import { useIsNarrow } from "../../lib/client/use-is-narrow.ts";

/**
 * What somebody asked for and would not see, because it stands below the form: on phones it goes to the
 * top, elsewhere as far as needed. Give it a key that changes with each answer.
 */
export function ComeIntoView({ children }: { readonly children: ReactNode }) {
	const isNarrow = useIsNarrow();
	return (
		<div ref={isNarrow ? showFromTop : show} className="scroll-mt-16 lg:scroll-my-4">
			{children}
		</div>
	);
}

function showFromTop(element: HTMLElement | null): void {
	element?.scrollIntoView({ block: "start" });
}

function show(element: HTMLElement | null): void {
	element?.scrollIntoView({ block: "nearest" });
}
