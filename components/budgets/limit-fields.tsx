"use client";

import { quotaWindows } from "../../proxy-core/contract/quota.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { SearchPicker } from "../ui/search-picker.tsx";
import { Select } from "../ui/select.tsx";
import { windowWords } from "./budget-words.ts";
import type { BudgetDraftState } from "./use-budget-draft.ts";

const fieldUnits = {
	usd: "US$",
	tokens: "tokens",
	requests: "requests",
	parallel: "at once",
} as const;

/** How much, and when counting begins anew. */
export function LimitFields({ form }: { readonly form: BudgetDraftState }) {
	const { draft, change, touch, issueOf } = form;
	const unit = fieldUnits[draft.unit];
	return (
		<div className="grid gap-5 sm:grid-cols-2">
			<Field
				label="Hard limit"
				isRequired
				help="What could go beyond it is refused."
				error={issueOf("hardLimit")}
			>
				{(control) => (
					<Input
						{...control}
						inputMode="decimal"
						autoComplete="off"
						unit={unit}
						value={draft.hard}
						onBlur={() => touch("hardLimit")}
						onChange={(event) => change({ hard: event.target.value })}
					/>
				)}
			</Field>
			<Field label="Soft limit" help="Empty: none." error={issueOf("softLimit")}>
				{(control) => (
					<Input
						{...control}
						inputMode="decimal"
						autoComplete="off"
						unit={unit}
						value={draft.soft}
						onBlur={() => touch("softLimit")}
						onChange={(event) => change({ soft: event.target.value, isSoftOwn: true })}
					/>
				)}
			</Field>
			{draft.unit !== "parallel" && <WindowFields form={form} />}
		</div>
	);
}

function WindowFields({ form }: { readonly form: BudgetDraftState }) {
	const { draft, change, issueOf } = form;
	const isDated = draft.window === "day" || draft.window === "week" || draft.window === "month";
	return (
		<>
			<Field label="Starts anew" error={issueOf("window")}>
				{(control) => (
					<Select
						id={control.id}
						aria-describedby={control["aria-describedby"]}
						options={quotaWindows.map((window) => ({
							value: window,
							label: windowWords[window].label,
						}))}
						value={draft.window}
						onChange={(window) => change({ window })}
					/>
				)}
			</Field>
			{isDated && (
				<Field label="Time zone" error={issueOf("timeZone")}>
					{(control) => (
						<SearchPicker
							control={control}
							label="Time zone"
							options={timeZones()}
							value={draft.timeZone}
							placeholder="Choose a time zone"
							onPick={(timeZone) => change({ timeZone })}
						/>
					)}
				</Field>
			)}
		</>
	);
}

function timeZones() {
	const known = Intl.supportedValuesOf("timeZone");
	const zones = known.includes("UTC") ? known : ["UTC", ...known];
	return zones.map((zone) => ({ value: zone, label: zone }));
}
