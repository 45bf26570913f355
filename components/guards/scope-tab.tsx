"use client";

import { sourceWords } from "../../lib/format/threat-words.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import type { Scope } from "./guard-control.ts";
import type { GuardPartProps } from "./guard-part.ts";
import { PickList } from "./pick-list.tsx";
import { guardedEndpoints, sourcesOf } from "./scope-choices.ts";

/** Where a guard looks. Nothing chosen means everywhere. */
export function ScopeTab({ draft, options, isReadOnly }: GuardPartProps) {
	const { guard, control, set } = draft;
	const { scope } = control;
	const setScope = (part: Partial<Scope>) => set({ scope: { ...scope, ...part } });
	return (
		<Panel
			className="max-w-3xl"
			title="Where it looks"
			description="Nothing chosen means everywhere. Texts outside the scope are not judged by this guard."
		>
			<div className="flex flex-col gap-5">
				<Choices
					title="Endpoints"
					options={guardedEndpoints}
					chosen={scope.endpoints}
					onChange={(endpoints) => setScope({ endpoints })}
					labelOf={(endpoint) => endpoint}
					isReadOnly={isReadOnly}
				/>
				<Choices
					title="Places in the conversation"
					options={sourcesOf(guard.phases)}
					chosen={scope.sources}
					onChange={(sources) => setScope({ sources })}
					labelOf={(source) => sourceWords[source]}
					isReadOnly={isReadOnly}
				/>
				<Field label="Keys" help="Requests of other keys are not looked at.">
					{(field) => (
						<PickList
							control={field}
							label="Keys"
							options={options.keys}
							chosen={scope.keyIds}
							onChange={(keyIds) => setScope({ keyIds })}
							emptyWords="Every key"
							isReadOnly={isReadOnly}
						/>
					)}
				</Field>
				<Field label="Teams" help="Requests of other teams are not looked at.">
					{(field) => (
						<PickList
							control={field}
							label="Teams"
							options={options.teams}
							chosen={scope.teamIds}
							onChange={(teamIds) => setScope({ teamIds })}
							emptyWords="Every team"
							isReadOnly={isReadOnly}
						/>
					)}
				</Field>
			</div>
		</Panel>
	);
}

interface ChoicesProps<Value extends string> {
	readonly title: string;
	readonly options: readonly Value[];
	readonly chosen: readonly Value[];
	readonly onChange: (chosen: Value[]) => void;
	readonly labelOf: (option: Value) => string;
	readonly isReadOnly: boolean;
}

function Choices<Value extends string>(props: ChoicesProps<Value>) {
	const { title, options, chosen, onChange, labelOf, isReadOnly } = props;
	return (
		<fieldset>
			<legend className="mb-1.5 font-medium text-ink">
				{title}
				{chosen.length === 0 && <span className="ml-2 font-normal text-muted text-sm">all</span>}
			</legend>
			<div className="grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
				{options.map((option) => (
					<Checkbox
						key={option}
						label={labelOf(option)}
						isChecked={chosen.includes(option)}
						disabled={isReadOnly}
						onChange={(isChecked) =>
							onChange(isChecked ? [...chosen, option] : chosen.filter((one) => one !== option))
						}
					/>
				))}
			</div>
		</fieldset>
	);
}
