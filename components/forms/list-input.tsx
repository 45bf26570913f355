"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import type { FieldControl } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";

interface ListInputProps {
	readonly control: FieldControl;
	/** What the list holds, for the buttons' names. */
	readonly label: string;
	readonly items: readonly string[];
	readonly onChange: (items: readonly string[]) => void;
	readonly isReadOnly?: boolean;
	readonly placeholder?: string;
	/** Offered below the field; a click adds one. */
	readonly suggestions?: readonly string[];
}

/** A list of short texts. Enter or a comma adds one, several can be pasted at once. */
export function ListInput(props: ListInputProps) {
	const { control, label, items, onChange, isReadOnly = false, placeholder } = props;
	const [draft, setDraft] = useState("");
	const add = (text: string) => {
		const added = text.split(/[\s,]+/).filter((item) => item !== "" && !items.includes(item));
		if (added.length > 0) onChange([...items, ...new Set(added)]);
		setDraft("");
	};
	const offered = (props.suggestions ?? []).filter((item) => !items.includes(item)).slice(0, 12);
	return (
		<div className="flex flex-col gap-2">
			{items.length > 0 && (
				<ul aria-label={label} className="flex flex-wrap gap-1.5">
					{items.map((item) => (
						<li
							key={item}
							className="flex max-w-full items-center gap-1 rounded bg-sunken py-0.5 pr-1 pl-2 font-mono text-ink text-sm dark:bg-raised"
						>
							<span className="truncate">{item}</span>
							{!isReadOnly && (
								<button
									type="button"
									aria-label={`Remove ${item}`}
									onClick={() => onChange(items.filter((one) => one !== item))}
									className="rounded p-1 text-muted hover:text-ink"
								>
									<X aria-hidden="true" className="size-3.5" />
								</button>
							)}
						</li>
					))}
				</ul>
			)}
			<div className="flex gap-2">
				<Input
					{...control}
					value={draft}
					disabled={isReadOnly}
					placeholder={placeholder}
					spellCheck={false}
					autoComplete="off"
					onChange={(event) => {
						const text = event.target.value;
						if (/[,\n]/.test(text)) add(text);
						else setDraft(text);
					}}
					onKeyDown={(event) => {
						if (event.key !== "Enter") return;
						event.preventDefault();
						add(draft);
					}}
					onBlur={() => add(draft)}
				/>
				<Button disabled={isReadOnly || draft.trim() === ""} onClick={() => add(draft)}>
					<Plus aria-hidden="true" />
					Add
				</Button>
			</div>
			{offered.length > 0 && !isReadOnly && (
				<div className="flex flex-wrap items-center gap-1.5">
					<span className="text-faint text-xs">Suggested:</span>
					{offered.map((item) => (
						<button
							key={item}
							type="button"
							aria-label={`Add ${item}`}
							onClick={() => onChange([...items, item])}
							className="rounded border border-line px-1.5 py-0.5 font-mono text-muted text-xs hover:border-line-strong hover:text-ink"
						>
							{item}
						</button>
					))}
				</div>
			)}
		</div>
	);
}
