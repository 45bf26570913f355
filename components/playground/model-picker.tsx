"use client";

import { Command } from "cmdk";
import { Check, ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import type { Model } from "../../lib/contracts/models.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { priceInWords } from "./model-price.ts";

interface ModelPickerProps {
	readonly models: readonly Model[];
	/** `provider/model`; may be one that is not offered any more. */
	readonly value: string;
	readonly onChange: (id: string) => void;
}

export function ModelPicker({ models, value, onChange }: ModelPickerProps) {
	const [isOpen, setIsOpen] = useState(false);
	const groups = Map.groupBy(models, (model) => model.providerTitle);
	return (
		<Popover.Root open={isOpen} onOpenChange={setIsOpen}>
			<Popover.Trigger
				aria-label={value === "" ? "Choose a model" : `Model: ${value}`}
				className="inline-flex h-9 w-full min-w-0 items-center justify-between gap-2 rounded-md border border-line-strong bg-surface px-3 text-left sm:w-80 dark:bg-sunken"
			>
				<span className={classNames("truncate", value === "" ? "text-faint" : "font-mono text-sm")}>
					{value === "" ? "Choose a model" : value}
				</span>
				<ChevronDown aria-hidden="true" className="size-4 shrink-0 text-faint" />
			</Popover.Trigger>
			<Popover.Portal>
				<Popover.Content
					aria-label="Models"
					align="start"
					sideOffset={6}
					collisionPadding={8}
					className="appear z-50 w-[32rem] max-w-[calc(100vw-1rem)] overflow-hidden rounded-lg border border-line bg-raised shadow-raised"
				>
					<Command label="Models" defaultValue={value} loop>
						<Command.Input
							placeholder="Search models and providers"
							className="h-11 w-full border-line border-b bg-transparent px-3.5 text-ink outline-none placeholder:text-faint"
						/>
						<Command.List className="max-h-96 overflow-y-auto p-1.5">
							<Command.Empty className="px-3 py-6 text-center text-muted">
								No model is called that.
							</Command.Empty>
							{[...groups].map(([title, offered]) => (
								<Command.Group
									key={title}
									heading={title}
									className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
								>
									{offered.map((model) => (
										<ModelOption
											key={model.id}
											model={model}
											isChosen={model.id === value}
											onSelect={() => {
												onChange(model.id);
												setIsOpen(false);
											}}
										/>
									))}
								</Command.Group>
							))}
						</Command.List>
					</Command>
				</Popover.Content>
			</Popover.Portal>
		</Popover.Root>
	);
}

interface ModelOptionProps {
	readonly model: Model;
	readonly isChosen: boolean;
	readonly onSelect: () => void;
}

function ModelOption({ model, isChosen, onSelect }: ModelOptionProps) {
	return (
		<Command.Item
			value={model.id}
			keywords={[model.providerTitle]}
			onSelect={onSelect}
			className="flex cursor-pointer flex-wrap items-center gap-x-2 rounded px-2.5 py-1.5 text-ink data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-ink"
		>
			<Check
				aria-hidden="true"
				className={classNames("size-4 shrink-0", !isChosen && "invisible")}
			/>
			<span className="min-w-0 grow truncate font-mono text-sm">{model.model}</span>
			<span
				className={classNames(
					"whitespace-nowrap pl-6 text-xs sm:pl-0",
					model.price === null ? "text-caution-ink" : "text-muted",
				)}
			>
				{priceInWords(model.price)}
			</span>
		</Command.Item>
	);
}
