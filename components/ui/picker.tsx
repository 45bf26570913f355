"use client";

import { Command } from "cmdk";
import { Check, ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "../../lib/format/class-names.ts";
import type { FieldControl } from "./field.tsx";
import { inputStyle } from "./input.tsx";

export interface PickerOption {
	readonly value: string;
	readonly label: string;
	/** Beside the label. */
	readonly hint?: string;
}

interface PickerProps {
	readonly control: FieldControl;
	/** What is picked: "Team". */
	readonly label: string;
	/** The choice in words; empty: nothing is chosen. */
	readonly shown: string;
	/** What stands there then. */
	readonly placeholder: string;
	readonly isReadOnly?: boolean;
	readonly isOpen: boolean;
	readonly onOpenChange: (isOpen: boolean) => void;
	/** What is typed into the search, when somebody wants to know. */
	readonly search?: {
		readonly text: string;
		readonly placeholder: string;
		readonly onChange: (text: string) => void;
	};
	/** `PickerItem`s. */
	readonly children: ReactNode;
}

/** A button that opens a list which is searched by typing. */
export function Picker(props: PickerProps) {
	const { control, label, shown, placeholder, isReadOnly = false, search, children } = props;
	return (
		<Popover.Root modal open={props.isOpen} onOpenChange={props.onOpenChange}>
			<Popover.Trigger
				id={control.id}
				disabled={isReadOnly}
				aria-describedby={control["aria-describedby"]}
				// A button has neither a value nor an error of its own, so the name says the choice.
				aria-label={shown === "" ? label : `${label}: ${shown}`}
				className={classNames(
					inputStyle,
					"inline-flex h-9 items-center justify-between gap-2 text-left",
					control["aria-invalid"] === true && "border-danger",
				)}
			>
				<span className={shown === "" ? "truncate text-faint" : "truncate"}>
					{shown || placeholder}
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
					<Command label={label} loop>
						<Command.Input
							{...(search !== undefined && { value: search.text, onValueChange: search.onChange })}
							placeholder={search?.placeholder ?? "Search"}
							className="h-10 w-full border-line border-b bg-transparent px-3 text-ink outline-none placeholder:text-faint"
						/>
						<Command.List className="max-h-64 overflow-y-auto p-1">
							<Command.Empty className="px-3 py-5 text-center text-muted">
								Nothing has this name.
							</Command.Empty>
							{children}
						</Command.List>
					</Command>
				</Popover.Content>
			</Popover.Portal>
		</Popover.Root>
	);
}

interface PickerItemProps {
	readonly option: PickerOption;
	readonly isChosen?: boolean;
	readonly onPick: (value: string) => void;
}

export function PickerItem({ option, isChosen = false, onPick }: PickerItemProps) {
	const { value, label, hint = "" } = option;
	return (
		<Command.Item
			value={value}
			keywords={[label]}
			onSelect={() => onPick(value)}
			className="flex cursor-pointer items-center gap-2 rounded px-2.5 py-1.5 text-ink data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-ink"
		>
			<span className="min-w-0 grow truncate">{label}</span>
			{hint !== "" && <span className="max-w-40 truncate text-muted text-xs">{hint}</span>}
			<Check aria-hidden="true" className={isChosen ? "size-4 shrink-0" : "hidden"} />
			{isChosen && <span className="sr-only">chosen</span>}
		</Command.Item>
	);
}
