"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Check, Plus, X } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { modelsQuery } from "../../lib/client/models.ts";
import { keyInput } from "../../lib/contracts/keys.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";

interface ModelPatternsProps {
	readonly value: readonly string[];
	readonly error: string | undefined;
	readonly onChange: (next: readonly string[]) => void;
}

/** Models by name and patterns such as `openai/*`; none of them means every model. */
export function ModelPatterns({ value, error, onChange }: ModelPatternsProps) {
	const toggle = (pattern: string) =>
		onChange(
			value.includes(pattern) ? value.filter((other) => other !== pattern) : [...value, pattern],
		);
	return (
		<Field
			label="Models"
			error={error}
			help="Names or patterns; * stands for anything. Without any, the key may use every model."
		>
			{(control) => (
				<div className="flex flex-col gap-2">
					<ul aria-label="Allowed models" className="flex flex-wrap gap-1.5 empty:hidden">
						{value.map((pattern) => (
							<li
								key={pattern}
								className="flex max-w-full items-center gap-1 rounded border border-line bg-sunken py-0.5 pr-0.5 pl-2 font-mono text-ink text-sm"
							>
								<span className="truncate">{pattern}</span>
								<button
									type="button"
									aria-label={`Remove ${pattern}`}
									onClick={() => toggle(pattern)}
									className="rounded p-1 text-muted hover:bg-line hover:text-ink"
								>
									<X aria-hidden="true" className="size-3.5" />
								</button>
							</li>
						))}
					</ul>
					<PatternPicker
						id={control.id}
						describedBy={control["aria-describedby"]}
						value={value}
						onToggle={toggle}
					/>
				</div>
			)}
		</Field>
	);
}

interface PatternPickerProps {
	readonly id: string;
	readonly describedBy: string | undefined;
	readonly value: readonly string[];
	readonly onToggle: (pattern: string) => void;
}

function PatternPicker({ id, describedBy, value, onToggle }: PatternPickerProps) {
	const [isOpen, setIsOpen] = useState(false);
	const label = value.length === 0 ? "Limit to certain models" : "Add or remove models";
	return (
		<Popover.Root modal open={isOpen} onOpenChange={setIsOpen}>
			<Popover.Trigger asChild>
				<Button id={id} aria-label={label} aria-describedby={describedBy} className="self-start">
					<Plus aria-hidden="true" />
					{label}
				</Button>
			</Popover.Trigger>
			<Popover.Portal>
				<Popover.Content
					aria-label="Models and patterns"
					align="start"
					sideOffset={6}
					collisionPadding={8}
					className="appear z-50 w-96 max-w-[calc(100vw-1rem)] overflow-hidden rounded-lg border border-line bg-raised shadow-raised"
				>
					<PatternList value={value} onToggle={onToggle} />
				</Popover.Content>
			</Popover.Portal>
		</Popover.Root>
	);
}

function PatternList({ value, onToggle }: Pick<PatternPickerProps, "value" | "onToggle">) {
	const models = useQuery(modelsQuery()).data?.items ?? [];
	const [text, setText] = useState("");
	const typed = text.trim();
	const providers = [...new Set(models.map((model) => model.provider))];
	const isKnown = models.some((model) => model.id === typed);
	const isPattern = keyInput.shape.allowedModels.unwrap().element.safeParse(typed).success;
	const chosen = new Set(value);
	return (
		<Command label="Models and patterns" loop>
			<Command.Input
				value={text}
				onValueChange={setText}
				placeholder="Search, or type a pattern such as openai/gpt-4*"
				className="h-11 w-full border-line border-b bg-transparent px-3.5 text-ink outline-none placeholder:text-faint"
			/>
			<Command.List className="max-h-72 overflow-y-auto p-1.5">
				<Command.Empty className="px-3 py-5 text-center text-muted">
					Use letters, digits and . : @ / + - _ ; * stands for anything.
				</Command.Empty>
				{isPattern && !isKnown && (
					<Option
						value={typed}
						note="pattern"
						isChosen={chosen.has(typed)}
						onSelect={() => {
							onToggle(typed);
							setText("");
						}}
					/>
				)}
				<Command.Group heading="Everything of a provider" className={groupStyle}>
					{providers.map((provider) => (
						<Option
							key={provider}
							value={`${provider}/*`}
							isChosen={chosen.has(`${provider}/*`)}
							onSelect={() => onToggle(`${provider}/*`)}
						/>
					))}
				</Command.Group>
				<Command.Group heading="Single models" className={groupStyle}>
					{models.map((model) => (
						<Option
							key={model.id}
							value={model.id}
							isChosen={chosen.has(model.id)}
							onSelect={() => onToggle(model.id)}
						/>
					))}
				</Command.Group>
			</Command.List>
		</Command>
	);
}

const groupStyle =
	"[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs";

interface OptionProps {
	readonly value: string;
	readonly note?: string;
	readonly isChosen: boolean;
	readonly onSelect: () => void;
}

function Option({ value, note, isChosen, onSelect }: OptionProps) {
	return (
		<Command.Item
			value={value}
			onSelect={onSelect}
			className="flex cursor-pointer items-center gap-2 rounded px-2.5 py-1.5 text-ink data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-ink"
		>
			<Check
				aria-hidden="true"
				className={isChosen ? "size-4 shrink-0" : "invisible size-4 shrink-0"}
			/>
			<span className="grow truncate font-mono text-sm">{value}</span>
			{isChosen && <span className="sr-only">allowed</span>}
			{note !== undefined && <span className="text-muted text-xs">{note}</span>}
		</Command.Item>
	);
}
