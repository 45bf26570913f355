"use client";

import { Dialog } from "../ui/dialog.tsx";
import { Kbd } from "../ui/kbd.tsx";

interface HelpSheetProps {
	readonly isOpen: boolean;
	readonly onOpenChange: (isOpen: boolean) => void;
}

const keys: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
	{ keys: ["Ctrl", "K"], does: "Search pages, requests and commands (⌘ K on a Mac)" },
	{ keys: ["?"], does: "This sheet" },
	{ keys: ["j"], does: "To the first row of a table, then down" },
	{ keys: ["k"], does: "Up one row" },
	{ keys: ["Enter"], does: "Open the row" },
	{ keys: ["Esc"], does: "Leave the row, close what is open" },
	{ keys: ["Tab"], does: "To the next control; the first stop skips to the content" },
];

export function HelpSheet({ isOpen, onOpenChange }: HelpSheetProps) {
	return (
		<Dialog
			isOpen={isOpen}
			onOpenChange={onOpenChange}
			title="Keyboard"
			description="Everything in the console works without a mouse."
		>
			<dl className="flex flex-col gap-2.5">
				{keys.map((entry) => (
					<div key={entry.does} className="flex items-baseline gap-4">
						<dt className="flex w-24 shrink-0 gap-1">
							{entry.keys.map((key) => (
								<Kbd key={key}>{key}</Kbd>
							))}
						</dt>
						<dd className="text-ink">{entry.does}</dd>
					</div>
				))}
			</dl>
		</Dialog>
	);
}
