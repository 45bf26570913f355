import { X } from "lucide-react";
import { Field } from "../ui/field.tsx";
import type { PickerOption } from "../ui/picker.tsx";
import { SearchPicker } from "../ui/search-picker.tsx";

interface NameListProps {
	readonly label: string;
	readonly help: string;
	readonly options: readonly PickerOption[];
	/** Ids, also of what is not among the options any more. */
	readonly chosen: readonly string[];
	readonly onChange: (chosen: string[]) => void;
	readonly isReadOnly: boolean;
}

/** Things that have ids, chosen by their names. */
export function NameList(props: NameListProps) {
	const { label, help, options, chosen, onChange, isReadOnly } = props;
	const nameOf = (id: string) => options.find(({ value }) => value === id)?.label ?? id;
	return (
		<div className="flex flex-col gap-2">
			<Field label={label} help={help}>
				{(control) =>
					isReadOnly ? (
						<p id={control.id} className="text-ink">
							{chosen.length === 0 ? "All" : chosen.map(nameOf).join(", ")}
						</p>
					) : (
						<SearchPicker
							control={control}
							label={label}
							placeholder={chosen.length === 0 ? "All" : "Add another"}
							options={options.filter(({ value }) => !chosen.includes(value))}
							value=""
							onPick={(id) => onChange([...chosen, id])}
						/>
					)
				}
			</Field>
			{!isReadOnly && chosen.length > 0 && (
				<ul aria-label={`${label} chosen`} className="flex flex-wrap gap-1.5">
					{chosen.map((id) => (
						<li
							key={id}
							className="flex max-w-full items-center gap-1 rounded bg-sunken py-0.5 pr-1 pl-2 text-ink text-sm dark:bg-raised"
						>
							<span className="truncate">{nameOf(id)}</span>
							<button
								type="button"
								aria-label={`Remove ${nameOf(id)}`}
								onClick={() => onChange(chosen.filter((one) => one !== id))}
								className="rounded p-1 text-muted hover:text-ink"
							>
								<X aria-hidden="true" className="size-3.5" />
							</button>
						</li>
					))}
				</ul>
			)}
		</div>
	);
}
