"use client";

import type * as z from "zod";
import type { strategySchema } from "../../lib/contracts/routes.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import type { RouteDraftState } from "./use-route-draft.ts";

export type StrategyWords = z.output<typeof strategySchema>;

interface StrategyFieldProps {
	readonly form: RouteDraftState;
	readonly strategies: readonly StrategyWords[];
}

/** How the targets are ordered, in a sentence each, and how the score is made. */
export function StrategyField({ form, strategies }: StrategyFieldProps) {
	const { draft, change, touch, issueOf } = form;
	const chosen = strategies.find(({ id }) => id === draft.strategy);
	return (
		<>
			<Field label="Strategy" help={chosen?.description}>
				{(control) => (
					<Select
						{...control}
						options={strategies.map(({ id, title, description }) => ({
							value: id,
							label: title,
							hint: description,
						}))}
						value={draft.strategy}
						onChange={(strategy) => change({ strategy })}
					/>
				)}
			</Field>
			{chosen !== undefined && (
				<div className="-mt-2 rounded-md bg-sunken px-3 py-2">
					<p className="text-faint text-xs">How the order is made</p>
					<p className="text-ink text-sm">{chosen.formula}</p>
				</div>
			)}
			{draft.strategy === "smart" && (
				<Field
					label="Weight of cost (w)"
					help="0: cost does not count. 1: half the cost doubles the score. At most 5."
					error={issueOf("costWeight")}
				>
					{(control) => (
						<Input
							{...control}
							inputMode="decimal"
							className="max-w-32"
							value={draft.costWeight}
							onBlur={() => touch("costWeight")}
							onChange={(event) => change({ costWeight: event.target.value })}
						/>
					)}
				</Field>
			)}
		</>
	);
}
