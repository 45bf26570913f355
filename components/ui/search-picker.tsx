"use client";

import { useState } from "react";
import type { FieldControl } from "./field.tsx";
import type { PickerOption } from "./picker.tsx";
import { Picker, PickerItem } from "./picker.tsx";

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
	const { control, label, options, value, placeholder, takesTyped = false, onPick } = props;
	const [isOpen, setIsOpen] = useState(false);
	const [text, setText] = useState("");
	const typed = text.trim();
	const isKnown = options.some((option) => option.value === typed);
	const open = (next: boolean) => {
		setText("");
		setIsOpen(next);
	};
	const pick = (next: string) => {
		onPick(next);
		open(false);
	};
	return (
		<Picker
			control={control}
			label={label}
			shown={options.find((option) => option.value === value)?.label ?? value}
			placeholder={placeholder}
			isOpen={isOpen}
			onOpenChange={open}
			search={{
				text,
				placeholder: takesTyped ? "Search, or type a name" : "Search",
				onChange: setText,
			}}
		>
			{takesTyped && typed !== "" && !isKnown && (
				<PickerItem option={{ value: typed, label: typed, hint: "as typed" }} onPick={pick} />
			)}
			{options.map((option) => (
				<PickerItem
					key={option.value}
					option={option}
					isChosen={option.value === value}
					onPick={pick}
				/>
			))}
		</Picker>
	);
}
