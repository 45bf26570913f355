"use client";

import { Command } from "cmdk";
import { Check, ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { classNames } from "../../lib/format/class-names.ts";
import type { FieldControl } from "./field.tsx";
import { inputStyle } from "./input.tsx";

export interface PickerOption {
	readonly value: string;
	readonly label: string;
	readonly hint?: string;
}

interface SearchPickerProps {
	readonly control: FieldControl;
	/** What is chosen: "Team". */
	readonly label: string;
	readonly options: readonly PickerOption[];
	/** Empty: nothing yet. */
	readonly value: string;
	readonly placeholder: string;
	/** Whether something that is not among the options may be typed. */
	readonly takesTyped?: boolean;
	readonly onPick: (value: string) => void;
}

/** One of many, found by typing. */
export function SearchPicker(props: SearchPickerProps) {
	const { control, label, options, value, placeholder, onPick } = props;
	const [isOpen, setIsOpen] = useState(false);
	const shown = options.find((option) => option.value === value)?.label ?? value;
	const pick = (next: string) => {
		onPick(next);
		setIsOpen(false);
	};
	return (
		<Popover.Root modal open={isOpen} onOpenChange={setIsOpen}>
			<Popover.Trigger
				id={control.id}
				aria-describedby={control["aria-describedby"]}
				// A button has neither a value nor an error of its own, so the name says the choice.
				aria-label={shown === "" ? label : `${label}: ${shown}`}
				className={classNames(
					inputStyle,
					"inline-flex h-9 items-center justify-between gap-2 text-left",
					control["aria-invalid"] === true && "border-danger",
				)}
			>
				<span className={shown === "" ? "text-faint" : "truncate"}>{shown || placeholder}</span>
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
					<OptionList {...props} onPick={pick} />
				</Popover.Content>
			</Popover.Portal>
		</Popover.Root>
	);
}

function OptionList({ label, options, value, takesTyped = false, onPick }: SearchPickerProps) {
	const [text, setText] = useState("");
	const typed = text.trim();
	const isKnown = options.some((option) => option.value === typed);
	return (
		<Command label={label} loop>
			<Command.Input
				value={text}
				onValueChange={setText}
				placeholder={takesTyped ? "Search, or type a name" : "Search"}
				className="h-10 w-full border-line border-b bg-transparent px-3 text-ink outline-none placeholder:text-faint"
			/>
			<Command.List className="max-h-64 overflow-y-auto p-1">
				<Command.Empty className="px-3 py-5 text-center text-muted">
					Nothing has this name.
				</Command.Empty>
				{takesTyped && typed !== "" && !isKnown && (
					<Option option={{ value: typed, label: typed, hint: "as typed" }} onPick={onPick} />
				)}
				{options.map((option) => (
					<Option
						key={option.value}
						option={option}
						isChosen={option.value === value}
						onPick={onPick}
					/>
				))}
			</Command.List>
		</Command>
	);
}

interface OptionProps {
	readonly option: PickerOption;
	readonly isChosen?: boolean;
	readonly onPick: (value: string) => void;
}

function Option({ option: { value, label, hint }, isChosen = false, onPick }: OptionProps) {
	return (
		<Command.Item
			value={value}
			keywords={[label]}
			onSelect={() => onPick(value)}
			className="flex cursor-pointer items-center gap-2 rounded px-2.5 py-1.5 text-ink data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-ink"
		>
			<span className="min-w-0 grow truncate">{label}</span>
			{hint !== undefined && <span className="truncate text-muted text-xs">{hint}</span>}
			<Check aria-hidden="true" className={isChosen ? "size-4 shrink-0" : "hidden"} />
			{isChosen && <span className="sr-only">chosen</span>}
		</Command.Item>
	);
}
