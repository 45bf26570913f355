"use client";

import { Plus, Search } from "lucide-react";
import { useId, useState } from "react";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";

interface ModelChecklistProps {
	readonly chosen: readonly string[];
	/** What the provider listed or is known to have. */
	readonly offered: readonly string[];
	readonly unpriced: readonly string[];
	readonly onChange: (models: readonly string[]) => void;
	readonly isReadOnly: boolean;
	readonly error: string | undefined;
}

/** Models of a provider: tick those that callers may ask for. Made for lists of hundreds. */
export function ModelChecklist(props: ModelChecklistProps) {
	const { chosen, offered, unpriced, onChange, isReadOnly, error } = props;
	const id = useId();
	const [text, setText] = useState("");
	const typed = text.trim();
	const all = [...new Set([...chosen, ...offered])];
	const shown = all.filter((model) => model.toLowerCase().includes(typed.toLowerCase()));
	const isNew = typed !== "" && !/\s/.test(typed) && !all.includes(typed);
	const isChosen = new Set(chosen);
	const hasNoPrice = new Set(unpriced);
	const add = () => {
		if (!isNew) return;
		onChange([...chosen, typed]);
		setText("");
	};
	return (
		<div className="flex flex-col gap-2">
			<div className="flex gap-2">
				<div className="relative grow">
					<Search
						aria-hidden="true"
						className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-faint"
					/>
					<Input
						aria-label={isReadOnly ? "Search models" : "Search models, or type one to add"}
						aria-describedby={error === undefined ? undefined : `${id}-error`}
						placeholder={isReadOnly ? "Search" : "Search, or type a model’s name"}
						className="pl-8"
						spellCheck={false}
						autoComplete="off"
						value={text}
						onChange={(event) => setText(event.target.value)}
						onKeyDown={(event) => {
							if (event.key !== "Enter") return;
							event.preventDefault();
							if (!isReadOnly) add();
						}}
					/>
				</div>
				{!isReadOnly && (
					<Button disabled={!isNew} onClick={add}>
						<Plus aria-hidden="true" />
						Add
					</Button>
				)}
			</div>
			<div className="overflow-hidden rounded-md border border-line">
				<Summary
					text={`${chosen.length} of ${formatQuantity(all.length, "model")} offered to callers`}
					{...(isReadOnly || all.length === 0
						? {}
						: {
								onAll: () => onChange([...new Set([...chosen, ...shown])]),
								onNone: () => onChange(chosen.filter((model) => !shown.includes(model))),
							})}
				/>
				<ul aria-label="Models" className="max-h-64 overflow-y-auto py-1">
					{shown.length === 0 && (
						<li className="px-3 py-3 text-muted">
							{all.length === 0
								? "No model yet. Ask the provider, or type a name."
								: "No model fits."}
						</li>
					)}
					{shown.map((model) => (
						<ModelRow
							key={model}
							model={model}
							isChosen={isChosen.has(model)}
							hasNoPrice={hasNoPrice.has(model)}
							isReadOnly={isReadOnly}
							onChange={(next) =>
								onChange(next ? [...chosen, model] : chosen.filter((other) => other !== model))
							}
						/>
					))}
				</ul>
			</div>
			{error !== undefined && (
				<p id={`${id}-error`} className="text-danger-ink text-sm">
					{error}
				</p>
			)}
		</div>
	);
}

interface SummaryProps {
	readonly text: string;
	readonly onAll?: () => void;
	readonly onNone?: () => void;
}

function Summary({ text, onAll, onNone }: SummaryProps) {
	return (
		<div className="flex min-h-9 flex-wrap items-center justify-between gap-2 border-line border-b bg-sunken px-3 py-1 text-muted text-sm">
			<span>{text}</span>
			{onAll !== undefined && (
				<span className="flex gap-1">
					<Button size="small" variant="ghost" aria-label="Offer all shown models" onClick={onAll}>
						All
					</Button>
					<Button
						size="small"
						variant="ghost"
						aria-label="Offer none of the shown models"
						onClick={onNone}
					>
						None
					</Button>
				</span>
			)}
		</div>
	);
}

interface ModelRowProps {
	readonly model: string;
	readonly isChosen: boolean;
	readonly hasNoPrice: boolean;
	readonly isReadOnly: boolean;
	readonly onChange: (isChosen: boolean) => void;
}

/** A native checkbox: lists can be hundreds long. */
function ModelRow({ model, isChosen, hasNoPrice, isReadOnly, onChange }: ModelRowProps) {
	return (
		<li>
			<label className="flex items-center gap-2.5 px-3 py-1 hover:bg-sunken">
				<input
					type="checkbox"
					className="size-4 shrink-0 accent-[var(--accent-fill)]"
					checked={isChosen}
					disabled={isReadOnly}
					onChange={(event) => onChange(event.target.checked)}
				/>
				<span className="min-w-0 grow truncate font-mono text-ink text-sm" title={model}>
					{model}
				</span>
				{hasNoPrice && <Badge tone="caution">no price</Badge>}
			</label>
		</li>
	);
}
