"use client";

import { useEffect, useEffectEvent } from "react";

/** What the keys of the page do, in the order of the help sheet. */
export const triageKeys = [
	{ key: "j", id: "next", does: "Next incident" },
	{ key: "k", id: "previous", does: "Previous incident" },
	{ key: "a", id: "acknowledge", does: "Acknowledge, or open again" },
	{ key: "m", id: "assign", does: "Assign to me" },
	{ key: "b", id: "ban", does: "Ban somebody it came from" },
	{ key: "l", id: "allow", does: "Allow an address or key from now on" },
	{ key: "w", id: "watch", does: "Watch: acknowledge, and open again with new events" },
	{ key: "f", id: "falseAlarm", does: "Mark as false alarm" },
	{ key: "c", id: "close", does: "Close" },
	{ key: "n", id: "note", does: "Write a note" },
	{ key: "?", id: "help", does: "This sheet" },
] as const;

export type TriageCommand = (typeof triageKeys)[number]["id"];

/** Keys work wherever no text is written and no dialog is open. */
export function useTriageKeys(run: (command: TriageCommand) => void): void {
	const onKey = useEffectEvent((event: KeyboardEvent) => {
		if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
		const command = triageKeys.find(({ key }) => key === event.key);
		if (command === undefined) return;
		event.preventDefault();
		// The shell has keys of its own, such as `?` for its sheet.
		event.stopPropagation();
		run(command.id);
	});
	useEffect(() => {
		const listener = (event: KeyboardEvent) => onKey(event);
		window.addEventListener("keydown", listener, { capture: true });
		return () => window.removeEventListener("keydown", listener, { capture: true });
	}, []);
}

function isTaken(target: EventTarget | null): boolean {
	if (document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null)
		return true;
	return (
		target instanceof HTMLElement &&
		(target.isContentEditable ||
			target.closest("input, textarea, select, [role=combobox]") !== null)
	);
}
