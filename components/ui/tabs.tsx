"use client";

import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface TabItem {
	readonly id: string;
	readonly label: ReactNode;
	readonly content: ReactNode;
}

interface TabsProps {
	readonly items: readonly TabItem[];
	/** Keep it in the URL. */
	readonly value: string;
	readonly onChange: (id: string) => void;
	readonly label: string;
}

export function Tabs({ items, value, onChange, label }: TabsProps) {
	return (
		<Radix.Root value={value} onValueChange={onChange}>
			<Radix.List
				aria-label={label}
				className="relative flex gap-1 overflow-x-auto border-line border-b"
			>
				{items.map((item) => (
					<Radix.Trigger
						key={item.id}
						ref={item.id === value ? reveal : undefined}
						value={item.id}
						className="-mb-px whitespace-nowrap border-transparent border-b-2 px-3 py-2 font-medium text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
					>
						{item.label}
					</Radix.Trigger>
				))}
			</Radix.List>
			{items.map((item) => (
				<Radix.Content key={item.id} value={item.id} className="pt-4">
					{item.content}
				</Radix.Content>
			))}
		</Radix.Root>
	);
}

/** Where tabs do not fit, the active one stands in the middle, so that its neighbours can be seen. */
function reveal(tab: HTMLElement | null): void {
	const list = tab?.parentElement;
	if (!tab || !list) return;
	list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
}
