"use client";

import { useEffect, useMemo } from "react";
import type { GuardInfo } from "../../lib/contracts/guards.ts";
import { UnreadableJson, withValueAt } from "../../lib/format/form-values.ts";
import { ruleModes } from "../../proxy-core/contract/threats.ts";
import { SchemaForm } from "../forms/schema-form.tsx";
import { useSchemaForm } from "../forms/use-schema-form.ts";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { withoutControls } from "./guard-schema.ts";
import { guardsIn, ruleModeIn, withGuard, withRuleMode } from "./policy-change.ts";
import type { PolicyDraft } from "./use-policy-change.ts";

interface GuardFieldsProps {
	readonly guard: GuardInfo;
	readonly policy: PolicyDraft;
	readonly error: unknown;
}

/** A guard's mode, the mode of one of its rules, and its own fields; each change counts at once. */
export function GuardFields({ guard, policy, error }: GuardFieldsProps) {
	const { change, set, rule } = policy;
	const value = guardsIn(change)[guard.id] ?? guard.value;
	const schema = useMemo(() => withoutControls(guard.schema), [guard.schema]);
	const form = useSchemaForm({ schema, initial: value, issuePrefix: `guards.${guard.id}` });
	const { setServerError } = form;
	// biome-ignore lint/correctness/useExhaustiveDependencies: the form's setter is made anew by every render.
	useEffect(() => setServerError(error), [error]);
	const known = guard.rules.some(({ id }) => id === rule) ? rule : "";
	return (
		<div className="flex flex-col gap-5">
			<SchemaForm
				form={{
					...form,
					set: (field, next) => {
						form.set(field, next);
						if (next instanceof UnreadableJson) return;
						set(withGuard(change, guard, withValueAt(value, field.path, next)));
					},
				}}
			/>
			<div className="grid gap-4 sm:grid-cols-2">
				<Field label="One of its rules">
					{(control) => (
						<Select
							{...control}
							placeholder="Choose a rule"
							options={guard.rules.map(({ id, title }) => ({ value: id, label: title, hint: id }))}
							value={known}
							onChange={(id) => policy.edit(policy.part, id)}
						/>
					)}
				</Field>
				{known !== "" && (
					<Field label="Mode of the rule">
						{(control) => (
							<Select
								{...control}
								options={ruleModeOptions}
								value={
									ruleModeOptions.find((one) => one.value === ruleModeIn(value, known))?.value ??
									asGuard
								}
								onChange={(mode) =>
									set(
										withGuard(
											change,
											guard,
											withRuleMode(value, known, mode === asGuard ? null : mode),
										),
									)
								}
							/>
						)}
					</Field>
				)}
			</div>
		</div>
	);
}

const asGuard = "as-guard";
const words = { off: "Off", monitor: "Monitor", enforce: "Enforce" } as const;
const ruleModeOptions = [
	{ value: asGuard, label: "As its guard" },
	...ruleModes.map((value) => ({ value, label: words[value] })),
] as const;
