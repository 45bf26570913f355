"use client";

import { Search } from "lucide-react";
import { useState } from "react";
import { Input } from "../ui/input.tsx";

interface SearchByIdProps {
	readonly value: string;
	readonly onChange: (search: string | null) => void;
}

/** A pasted id takes effect at once, a typed one with Enter or on leaving the field. */
export function SearchById({ value, onChange }: SearchByIdProps) {
	const [text, setText] = useState(value);
	const apply = (next: string) => {
		const search = next.trim();
		if (search !== value) onChange(search === "" ? null : search);
	};
	return (
		<form
			className="relative w-full sm:w-56"
			onSubmit={(event) => {
				event.preventDefault();
				apply(text);
			}}
		>
			<Search
				aria-hidden="true"
				className="pointer-events-none absolute inset-y-0 left-2 my-auto size-3.5 text-faint"
			/>
			<Input
				aria-label="Search by request id"
				placeholder="Request id"
				className="h-7 pl-7 text-xs"
				maxLength={100}
				spellCheck={false}
				autoComplete="off"
				value={text}
				onChange={(event) => setText(event.target.value)}
				onPaste={(event) => {
					event.preventDefault();
					const pasted = event.clipboardData.getData("text").trim().slice(0, 100);
					setText(pasted);
					apply(pasted);
				}}
				onBlur={() => apply(text)}
			/>
		</form>
	);
}
