"use client";

import { Field } from "../ui/field.tsx";
import { SearchPicker } from "../ui/search-picker.tsx";
import { Select } from "../ui/select.tsx";
import { SortableList } from "../ui/sortable-list.tsx";
import type { BudgetDraftState } from "./use-budget-draft.ts";
import { useModelOptions } from "./use-subject-options.ts";

/** What happens at the soft limit of a budget of money. */
export function SoftActionFields({ form }: { readonly form: BudgetDraftState }) {
	const { draft, change } = form;
	return (
		<>
			<Field label="At the soft limit">
				{(control) => (
					<Select
						id={control.id}
						options={[
							{ value: "notify", label: "Warn", hint: "Requests go on as before" },
							{
								value: "downgrade",
								label: "Use a cheaper model",
								hint: "Answers go on at a lower price",
							},
						]}
						value={draft.softAction}
						onChange={(softAction) => change({ softAction })}
					/>
				)}
			</Field>
			{draft.softAction === "downgrade" && <CheaperModels form={form} />}
		</>
	);
}

function CheaperModels({ form }: { readonly form: BudgetDraftState }) {
	const { draft, change, touch, issueOf } = form;
	const chain = draft.downgradeTo;
	const options = useModelOptions(true).filter(({ value }) => !chain.includes(value));
	const put = (downgradeTo: readonly string[]) => {
		change({ downgradeTo });
		touch("downgradeTo");
	};
	const move = (from: number, to: number) => {
		const name = chain[from];
		if (name !== undefined) put(chain.toSpliced(from, 1).toSpliced(to, 0, name));
	};
	return (
		<Field
			label="Cheaper models"
			isRequired
			help="The first of them that the caller may use answers."
			error={issueOf("downgradeTo")}
		>
			{(control) => (
				<div className="flex flex-col gap-2">
					{chain.length > 0 && (
						<SortableList
							label="Cheaper models, in order"
							names={chain}
							onMove={move}
							onRemove={(index) => put(chain.toSpliced(index, 1))}
						>
							{(index) => (
								<span className="break-all font-mono text-ink text-sm">{chain[index]}</span>
							)}
						</SortableList>
					)}
					<SearchPicker
						control={control}
						label="Cheaper models"
						options={options}
						value=""
						placeholder="Add a model or route"
						takesTyped
						onPick={(name) => put([...chain, name])}
					/>
				</div>
			)}
		</Field>
	);
}
