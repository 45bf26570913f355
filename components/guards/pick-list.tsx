"use client";

import { X } from "lucide-react";
import { useState } from "react";
import type { FieldControl } from "../ui/field.tsx";
import type { PickerOption } from "../ui/picker.tsx";
import { Picker, PickerItem } from "../ui/picker.tsx";

interface PickListProps {
	readonly control: FieldControl;
	/** What is picked: "Keys". */
	readonly label: string;
	readonly options: readonly PickerOption[];
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
	return (
		<div className="flex min-w-0 flex-col gap-2">
			<Picker
				control={control}
				label={label}
				shown={summaryOf(chosen.map(labelOf)) || emptyWords}
				placeholder={emptyWords}
				isReadOnly={isReadOnly}
				isOpen={isOpen}
				onOpenChange={setIsOpen}
			>
				{options.map((option) => (
					<PickerItem
						key={option.value}
						option={option}
						isChosen={chosen.includes(option.value)}
						onPick={toggle}
					/>
				))}
			</Picker>
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

function summaryOf(labels: readonly string[]): string {
	return labels.length > 1 ? `${labels.length} chosen` : (labels[0] ?? "");
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
