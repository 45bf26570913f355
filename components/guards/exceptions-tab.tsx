"use client";

import { Pencil, Plus, ShieldOff, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Panel } from "../ui/panel.tsx";
import { ExceptionDialog } from "./exception-dialog.tsx";
import type { Exception } from "./guard-control.ts";
import type { GuardPartProps } from "./guard-part.ts";
import { exceptionWords } from "./guard-words.ts";

/** Findings that are left alone. Part of the draft: nothing holds before it is saved. */
export function ExceptionsTab({ draft, options, isReadOnly }: GuardPartProps) {
	const { guard, control, set } = draft;
	const { exceptions } = control;
	// The index that is edited; the length of the list for a new one.
	const [open, setOpen] = useState<number | undefined>();
	const put = (exception: Exception) => {
		if (open === undefined) return;
		const others = exceptions.toSpliced(open, 1);
		// The same one a second time would leave nothing more alone.
		const isTwice = others.some((one) => JSON.stringify(one) === JSON.stringify(exception));
		set({ exceptions: isTwice ? others : exceptions.toSpliced(open, 1, exception) });
	};
	const add = !isReadOnly && (
		<Button variant="primary" onClick={() => setOpen(exceptions.length)}>
			<Plus aria-hidden="true" />
			Add exception
		</Button>
	);
	return (
		<Panel
			className="max-w-3xl"
			title="Exceptions"
			description="A finding that fits everything an exception names is left alone, and not counted."
			actions={exceptions.length > 0 && add}
			isPadded={exceptions.length === 0}
		>
			{exceptions.length === 0 ? (
				<EmptyState
					icon={ShieldOff}
					title="There are no exceptions."
					hint="For a false alarm that comes back: name the rule and the text, the key or the place."
					action={add}
				/>
			) : (
				<ul aria-label="Exceptions" className="divide-y divide-line border-line border-t">
					{exceptions.map((exception, index) => {
						const words = exceptionWords(exception, options.names);
						return (
							<li
								key={`${words}
${exception.note}`}
								className="flex items-start gap-3 px-4 py-3"
							>
								<div className="min-w-0 grow">
									<p className="break-words text-ink">{words}</p>
									<p className="break-words text-muted text-sm">
										{exception.note === "" ? "No reason given." : exception.note}
									</p>
								</div>
								{!isReadOnly && (
									<div className="flex shrink-0">
										<IconButton
											size="small"
											label={`Edit exception: ${words}`}
											tooltip="Edit"
											icon={<Pencil aria-hidden="true" />}
											onClick={() => setOpen(index)}
										/>
										<IconButton
											size="small"
											label={`Remove exception: ${words}`}
											tooltip="Remove"
											icon={<Trash2 aria-hidden="true" />}
											onClick={() => set({ exceptions: exceptions.toSpliced(index, 1) })}
										/>
									</div>
								)}
							</li>
						);
					})}
				</ul>
			)}
			{open !== undefined && (
				<ExceptionDialog
					guard={guard}
					options={options}
					exception={exceptions[open]}
					onDone={put}
					onClose={() => setOpen(undefined)}
				/>
			)}
		</Panel>
	);
}
