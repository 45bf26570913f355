"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

interface TooltipProps {
	readonly content: ReactNode;
	/** The one element that is explained; it must be able to hold a ref. */
	readonly children: ReactElement;
	readonly side?: "top" | "right" | "bottom" | "left";
}

/** Explains; never holds anything that cannot be had without a mouse. */
export function Tooltip({ content, children, side = "top" }: TooltipProps) {
	return (
		<Radix.Root delayDuration={250}>
			<Radix.Trigger asChild>{children}</Radix.Trigger>
			<Radix.Portal>
				<Radix.Content
					side={side}
					sideOffset={6}
					collisionPadding={8}
					className="appear z-50 max-w-xs rounded-md border border-line bg-raised px-2.5 py-1.5 text-ink text-xs shadow-raised"
				>
					{content}
				</Radix.Content>
			</Radix.Portal>
		</Radix.Root>
	);
}

export function TooltipProvider({ children }: { readonly children: ReactNode }) {
	return <Radix.Provider skipDelayDuration={200}>{children}</Radix.Provider>;
}
