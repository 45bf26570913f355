"use client";

import { Search } from "lucide-react";
import { useState } from "react";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { Input } from "./input.tsx";
import type { SelectOption } from "./select.tsx";
import { Select } from "./select.tsx";

interface UrlChoiceProps {
	/** Of the parameter in the address. */
	readonly name: string;
	readonly label: string;
	/** What stands there when nothing is chosen: "Any mode". */
	readonly any: string;
	readonly options: readonly Pick<SelectOption, "value" | "label">[];
	/** Instead of as wide as its words. */
	readonly className?: string;
}

const any = "any";

/** One filter of a list, kept in the address. */
export function UrlChoice({ name, label, any: anyLabel, options, className }: UrlChoiceProps) {
	const [params, change] = useUrlState();
	const chosen = options.find(({ value }) => value === params.get(name));
	return (
		<Select
			size="small"
			aria-label={label}
			className={className ?? "w-auto min-w-32 max-w-56"}
			options={[
				{ value: any, label: anyLabel },
				...options.map((option) => ({ value: option.value, label: option.label })),
			]}
			value={chosen?.value ?? any}
			onChange={(next) => change({ [name]: next === any ? null : next })}
		/>
	);
}

export function optionsOfWords(words: Readonly<Record<string, string>>): readonly SelectOption[] {
	return Object.entries(words).map(([value, label]) => ({ value, label }));
}

interface UrlSearchProps {
	readonly label: string;
	readonly placeholder: string;
	/** Instead of as wide as a few words. */
	readonly className?: string;
}

/** Searches rows that are all on the page, with every letter. */
export function UrlSearch(props: UrlSearchProps) {
	const [params, change] = useUrlState();
	return (
		<SearchBox
			{...props}
			value={params.get("search") ?? ""}
			onChange={(search) => change({ search })}
		/>
	);
}

/** For lists that the server searches: a pasted text takes effect at once, a typed one with Enter or on leaving. */
export function UrlSearchOnEnter(props: UrlSearchProps) {
	const [params, change] = useUrlState();
	const value = params.get("search") ?? "";
	const [text, setText] = useState(value);
	const [applied, setApplied] = useState(value);
	// Filters are also taken away elsewhere.
	if (value !== applied) {
		setApplied(value);
		setText(value);
	}
	const apply = (next: string) => {
		if (next.trim() !== value) change({ search: next.trim() });
	};
	return (
		<form
			className="contents"
			onSubmit={(event) => {
				event.preventDefault();
				apply(text);
			}}
		>
			<SearchBox
				{...props}
				value={text}
				onChange={setText}
				onLeave={() => apply(text)}
				onPaste={(pasted) => {
					setText(pasted);
					apply(pasted);
				}}
			/>
		</form>
	);
}

interface SearchBoxProps extends UrlSearchProps {
	readonly value: string;
	readonly onChange: (text: string) => void;
	readonly onLeave?: () => void;
	/** Instead of putting a text into an empty box. */
	readonly onPaste?: (text: string) => void;
}

const longestSearch = 100;

function SearchBox(props: SearchBoxProps) {
	const { label, placeholder, className = "sm:w-60", value, onChange, onLeave, onPaste } = props;
	return (
		<div className={classNames("relative w-full", className)}>
			<Search
				aria-hidden="true"
				className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-faint"
			/>
			<Input
				type="search"
				aria-label={label}
				placeholder={placeholder}
				className="h-7 pl-8 text-sm"
				maxLength={longestSearch}
				spellCheck={false}
				autoComplete="off"
				value={value}
				onChange={(event) => onChange(event.target.value)}
				onBlur={onLeave}
				onPaste={(event) => {
					if (onPaste === undefined || value !== "") return;
					event.preventDefault();
					onPaste(event.clipboardData.getData("text").trim().slice(0, longestSearch));
				}}
			/>
		</div>
	);
}
