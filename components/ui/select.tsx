"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import { classNames } from "../../lib/format/class-names.ts";
import { inputStyle } from "./input.tsx";

export interface SelectOption<Value extends string = string> {
	readonly value: Value;
	readonly label: string;
	readonly hint?: string;
}

interface SelectProps<Value extends string> {
	readonly options: readonly SelectOption<Value>[];
	/** Empty string: nothing chosen, `placeholder` shows. */
	readonly value: Value | "";
	readonly onChange: (value: Value) => void;
	readonly placeholder?: string;
	readonly id?: string;
	readonly "aria-label"?: string;
	readonly "aria-describedby"?: string | undefined;
	readonly "aria-invalid"?: boolean | undefined;
	readonly disabled?: boolean;
	readonly size?: "small" | "medium";
	readonly className?: string;
}

/** One of a few. For long or searchable lists use the command palette's list instead. */
export function Select<const Value extends string>(props: SelectProps<Value>) {
	const { options, value, onChange, placeholder, size = "medium", className, disabled } = props;
	const choose = (next: string) => {
		const option = options.find((candidate) => candidate.value === next);
		if (option !== undefined) onChange(option.value);
	};
	return (
		<Radix.Root value={value} onValueChange={choose} disabled={disabled === true}>
			<Radix.Trigger
				id={props.id}
				aria-label={props["aria-label"]}
				aria-describedby={props["aria-describedby"]}
				aria-invalid={props["aria-invalid"]}
				className={classNames(
					inputStyle,
					"inline-flex items-center justify-between gap-2 text-left data-[placeholder]:text-faint",
					size === "small" ? "h-7 px-2.5 text-xs" : "h-9",
					className,
				)}
			>
				<span className="truncate">
					<Radix.Value placeholder={placeholder} />
				</span>
				<ChevronDown aria-hidden="true" className="size-4 shrink-0 text-faint" />
			</Radix.Trigger>
			<Radix.Portal>
				<Radix.Content
					position="popper"
					sideOffset={4}
					collisionPadding={8}
					className="appear z-50 max-h-80 min-w-[var(--radix-select-trigger-width)] overflow-hidden rounded-md border border-line bg-raised shadow-raised"
				>
					<Radix.Viewport className="p-1">
						{options.map((option) => (
							<Option key={option.value} option={option} />
						))}
					</Radix.Viewport>
				</Radix.Content>
			</Radix.Portal>
		</Radix.Root>
	);
}

function Option({ option }: { readonly option: SelectOption }) {
	return (
		<Radix.Item
			value={option.value}
			className="relative flex cursor-pointer select-none flex-col rounded py-1.5 pr-8 pl-2.5 outline-none data-[highlighted]:bg-accent-soft data-[highlighted]:text-accent-ink"
		>
			<Radix.ItemText>{option.label}</Radix.ItemText>
			{option.hint !== undefined && <span className="text-muted text-xs">{option.hint}</span>}
			<Radix.ItemIndicator className="absolute inset-y-0 right-2 flex items-center">
				<Check aria-hidden="true" className="size-4" />
			</Radix.ItemIndicator>
		</Radix.Item>
	);
}
