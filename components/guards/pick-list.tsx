"use client";

import { Command } from "cmdk";
import { Check, ChevronDown, X } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { classNames } from "../../lib/format/class-names.ts";
import type { FieldControl } from "../ui/field.tsx";
import { inputStyle } from "../ui/input.tsx";

export interface PickOption {
	readonly value: string;
	readonly label: string;
	/** Beside the label; empty for none. */
	readonly hint: string;
}

interface PickListProps {
	readonly control: FieldControl;
	/** What is picked: "Keys". */
	readonly label: string;
	readonly options: readonly PickOption[];
	readonly chosen: readonly string[];
	readonly onChange: (chosen: string[]) => void;
	/** What nothing chosen means: "Every key". */
	readonly emptyWords: string;
	/** One at most; the list closes after a pick. */
	readonly isSingle?: boolean;
	readonly isReadOnly?: boolean;
}

/** Some of many, found by typing; what is chosen stands below and is taken away by a click. */
export function PickList(props: PickListProps) {
	const { control, label, options, chosen, onChange, emptyWords, isSingle = false } = props;
	const { isReadOnly = false } = props;
	const [isOpen, setIsOpen] = useState(false);
	const labelOf = (value: string) =>
		options.find((option) => option.value === value)?.label ?? value;
	const toggle = (value: string) => {
		const isChosen = chosen.includes(value);
		if (isSingle) setIsOpen(false);
		if (isChosen) onChange(chosen.filter((one) => one !== value));
		else onChange(isSingle ? [value] : [...chosen, value]);
	};
	const summary = summaryOf(chosen.map(labelOf), emptyWords);
	return (
		<div className="flex min-w-0 flex-col gap-2">
			<Popover.Root modal open={isOpen} onOpenChange={setIsOpen}>
				<Popover.Trigger
					id={control.id}
					disabled={isReadOnly}
					aria-describedby={control["aria-describedby"]}
					// A button has no value of its own, so the name says the choice.
					aria-label={`${label}: ${summary}`}
					className={classNames(
						inputStyle,
						"inline-flex h-9 items-center justify-between gap-2 text-left",
					)}
				>
					<span className={chosen.length === 0 ? "truncate text-muted" : "truncate"}>
						{summary}
					</span>
					<ChevronDown aria-hidden="true" className="size-4 shrink-0 text-faint" />
				</Popover.Trigger>
				<Popover.Portal>
					<Popover.Content
						aria-label={label}
						align="start"
						sideOffset={4}
						collisionPadding={8}
						className="appear z-50 w-[var(--radix-popover-trigger-width)] min-w-64 max-w-[calc(100vw-1rem)] overflow-hidden rounded-md border border-line bg-raised shadow-raised"
					>
						<Options label={label} options={options} chosen={chosen} onToggle={toggle} />
					</Popover.Content>
				</Popover.Portal>
			</Popover.Root>
			{chosen.length > 0 && (!isSingle || chosen.length > 1) && (
				<ul
					aria-label={`${label} chosen`}
					className="flex max-h-40 flex-wrap gap-1.5 overflow-auto"
				>
					{chosen.map((value) => (
						<Chip
							key={value}
							label={labelOf(value)}
							onRemove={isReadOnly ? undefined : () => toggle(value)}
						/>
					))}
				</ul>
			)}
		</div>
	);
}

function summaryOf(labels: readonly string[], emptyWords: string): string {
	const [first] = labels;
	if (first === undefined) return emptyWords;
	return labels.length === 1 ? first : `${labels.length} chosen`;
}

interface ChipProps {
	readonly label: string;
	readonly onRemove: (() => void) | undefined;
}

function Chip({ label, onRemove }: ChipProps) {
	return (
		<li className="flex max-w-full items-center gap-1 rounded bg-sunken py-0.5 pr-1 pl-2 text-ink text-sm dark:bg-raised">
			<span className="truncate">{label}</span>
			{onRemove !== undefined && (
				<button
					type="button"
					aria-label={`Remove ${label}`}
					onClick={onRemove}
					className="rounded p-1 text-muted hover:text-ink"
				>
					<X aria-hidden="true" className="size-3.5" />
				</button>
			)}
		</li>
	);
}

interface OptionsProps extends Pick<PickListProps, "label" | "options" | "chosen"> {
	readonly onToggle: (value: string) => void;
}

function Options({ label, options, chosen, onToggle }: OptionsProps) {
	return (
		<Command label={label} loop>
			<Command.Input
				placeholder="Search"
				className="h-10 w-full border-line border-b bg-transparent px-3 text-ink outline-none placeholder:text-faint"
			/>
			<Command.List className="max-h-64 overflow-y-auto p-1">
				<Command.Empty className="px-3 py-5 text-center text-muted">
					Nothing has this name.
				</Command.Empty>
				{options.map(({ value, label: name, hint }) => (
					<Command.Item
						key={value}
						value={value}
						keywords={[name]}
						onSelect={() => onToggle(value)}
						className="flex cursor-pointer items-center gap-2 rounded px-2.5 py-1.5 text-ink data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-ink"
					>
						<span className="min-w-0 grow truncate">{name}</span>
						{hint !== "" && <span className="max-w-40 truncate text-muted text-xs">{hint}</span>}
						<Check
							aria-hidden="true"
							className={chosen.includes(value) ? "size-4 shrink-0" : "hidden"}
						/>
						{chosen.includes(value) && <span className="sr-only">chosen</span>}
					</Command.Item>
				))}
			</Command.List>
		</Command>
	);
}
