"use client";

import { Command } from "cmdk";
import { Check } from "lucide-react";
import { Popover } from "radix-ui";
import type { ReactElement } from "react";
import { useState } from "react";
import type { NameGroup } from "./use-route-names.ts";

interface NamePickerProps {
	/** What is chosen: "Targets". */
	readonly label: string;
	/** The one button that opens it. */
	readonly trigger: ReactElement;
	readonly groups: readonly NameGroup[];
	readonly chosen: readonly string[];
	/** Whether a name that was typed and is not in the groups may be chosen. */
	readonly accepts: (typed: string) => boolean;
	readonly placeholder: string;
	readonly onPick: (name: string) => void;
	/** One choice is enough. */
	readonly closesOnPick?: boolean;
}

/** A searchable list of names; others can be typed. */
export function NamePicker(props: NamePickerProps) {
	const { label, trigger, onPick, closesOnPick = false } = props;
	const [isOpen, setIsOpen] = useState(false);
	const pick = (name: string) => {
		onPick(name);
		if (closesOnPick) setIsOpen(false);
	};
	return (
		<Popover.Root modal open={isOpen} onOpenChange={setIsOpen}>
			<Popover.Trigger asChild>{trigger}</Popover.Trigger>
			<Popover.Portal>
				<Popover.Content
					aria-label={label}
					align="start"
					sideOffset={6}
					collisionPadding={8}
					className="appear z-50 w-96 max-w-[calc(100vw-1rem)] overflow-hidden rounded-lg border border-line bg-raised shadow-raised"
				>
					<NameList {...props} onPick={pick} />
				</Popover.Content>
			</Popover.Portal>
		</Popover.Root>
	);
}

function NameList({ label, groups, chosen, accepts, placeholder, onPick }: NamePickerProps) {
	const [text, setText] = useState("");
	const typed = text.trim();
	const isKnown = groups.some(({ names }) => names.some(({ name }) => name === typed));
	return (
		<Command label={label} loop>
			<Command.Input
				value={text}
				onValueChange={setText}
				placeholder={placeholder}
				className="h-11 w-full border-line border-b bg-transparent px-3.5 text-ink outline-none placeholder:text-faint"
			/>
			<Command.List className="max-h-72 overflow-y-auto p-1.5">
				<Command.Empty className="px-3 py-5 text-center text-muted">
					Nothing has this name.
				</Command.Empty>
				{typed !== "" && !isKnown && accepts(typed) && (
					<Option name={typed} note="as typed" isChosen={chosen.includes(typed)} onPick={onPick} />
				)}
				{groups.map(
					({ heading, names }) =>
						names.length > 0 && (
							<Command.Group key={heading} heading={heading} className={groupStyle}>
								{names.map(({ name, note }) => (
									<Option
										key={name}
										name={name}
										note={note}
										isChosen={chosen.includes(name)}
										onPick={onPick}
									/>
								))}
							</Command.Group>
						),
				)}
			</Command.List>
		</Command>
	);
}

const groupStyle =
	"[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs";

interface OptionProps {
	readonly name: string;
	readonly note: string | undefined;
	readonly isChosen: boolean;
	readonly onPick: (name: string) => void;
}

function Option({ name, note, isChosen, onPick }: OptionProps) {
	return (
		<Command.Item
			value={name}
			onSelect={() => onPick(name)}
			className="flex cursor-pointer items-center gap-2 rounded px-2.5 py-1.5 text-ink data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-ink"
		>
			<Check
				aria-hidden="true"
				className={isChosen ? "size-4 shrink-0" : "invisible size-4 shrink-0"}
			/>
			<span className="grow truncate font-mono text-sm">{name}</span>
			{isChosen && <span className="sr-only">chosen</span>}
			{note !== undefined && <span className="text-muted text-xs">{note}</span>}
		</Command.Item>
	);
}
