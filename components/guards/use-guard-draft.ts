"use client";

import { useMemo, useState } from "react";
import { ClientProblem } from "../../lib/client/problem.ts";
import type { GuardHistoryEntry, GuardInfo } from "../../lib/contracts/guards.ts";
import type { FormValue } from "../../lib/format/form-values.ts";
import { leavesOf, valueAt } from "../../lib/format/form-values.ts";
import { schemaFields } from "../../lib/format/schema-fields.ts";
import type { SchemaFormState } from "../forms/use-schema-form.ts";
import { useSchemaForm } from "../forms/use-schema-form.ts";
import { notifyDone } from "../ui/toaster.tsx";
import type { GuardChange } from "./guard-changes.ts";
import { guardChanges } from "./guard-changes.ts";
import type { EnforcementChange, GuardControl } from "./guard-control.ts";
import { enforcementChange, formSchema, readControl } from "./guard-control.ts";
import type { GuardNames } from "./guard-words.ts";
import { rebaseControl } from "./rebase-control.ts";
import { beforeOf, controlBefore } from "./undo-change.ts";
import type { StoredGuard } from "./use-save-guard.ts";
import { useSaveGuard } from "./use-save-guard.ts";

export interface GuardDraft {
	readonly guard: GuardInfo;
	/** The guard's own fields, its fail policy and time limit. */
	readonly form: SchemaFormState;
	readonly control: GuardControl;
	readonly set: (part: Partial<GuardControl>) => void;
	/** Everything, as it would be saved. */
	readonly value: FormValue;
	/** Puts fields back to what they were before a change of the history; not saved. */
	readonly undo: (entry: GuardHistoryEntry) => void;
	readonly changes: readonly GuardChange[];
	readonly enforcement: EnforcementChange;
	/** Somebody else changed this guard since the draft was begun. */
	readonly isBehind: boolean;
	/** The last save was refused because of that. */
	readonly isRefused: boolean;
	/** Takes their version and puts the changes of this draft on top of it. */
	readonly catchUp: () => void;
	/** True when every field is right; otherwise they say what is wrong. */
	readonly check: () => boolean;
	readonly save: () => void;
	readonly isSaving: boolean;
	readonly error: unknown;
	/** Forgets why the last save failed. */
	readonly forget: () => void;
	readonly discard: () => void;
}

/** Changes of one guard that are not in force yet; follows the server while there are none. */
export function useGuardDraft(stored: StoredGuard, names: GuardNames): GuardDraft {
	const [base, setBase] = useState(stored);
	const [control, setControl] = useState(() => readControl(stored.guard.value));
	const schema = useMemo(() => formSchema(stored.guard.schema), [stored.guard.schema]);
	const form = useSchemaForm({ schema, initial: stored.guard.value, issuePrefix: "value" });
	const context = { fields: schemaFields(stored.guard.schema), names };
	const value = { ...form.value, ...control };
	const changes = guardChanges(context, base.guard.value, value);
	const begin = (from: StoredGuard) => {
		setBase(from);
		setControl(readControl(from.guard.value));
		form.reset(from.guard.value);
	};
	const isOther =
		stored.version !== base.version &&
		guardChanges(context, base.guard.value, stored.guard.value).length > 0;
	// Other parts of the settings have the same version; a change of those concerns no draft of this one.
	if (stored.version > base.version && !isOther) setBase(stored);
	else if (isOther && changes.length === 0) begin(stored);

	const put = useSaveGuard((saved) => {
		begin(saved);
		notifyDone("Guard saved", "It is in force on every node.");
	});
	const { id } = stored.guard;
	return {
		guard: stored.guard,
		form,
		control,
		set: (part) => setControl((before) => ({ ...before, ...part })),
		value,
		undo: (entry) => {
			const earlier = beforeOf(entry.changes);
			setControl((now) => controlBefore(now, earlier, stored.guard.defaultMode));
			for (const field of leavesOf(form.fields)) {
				if ((field.path[0] ?? "") in earlier) form.set(field, valueAt(earlier, field.path));
			}
		},
		changes,
		enforcement: enforcementChange(stored.guard.rules, readControl(base.guard.value), control),
		isBehind: isOther,
		isRefused: put.error instanceof ClientProblem && put.error.status === 409,
		catchUp: () => {
			const mine = form.changes.map(({ path }) => path);
			const before = readControl(base.guard.value);
			const theirs = readControl(stored.guard.value);
			const { value: filled, fields } = form;
			begin(stored);
			put.reset();
			setControl(rebaseControl({ base: before, mine: control, theirs }));
			for (const field of leavesOf(fields)) {
				if (mine.includes(field.path)) form.set(field, valueAt(filled, field.path));
			}
		},
		check: () => form.check(),
		save: () => put.mutate({ id, version: base.version, value }, { onError: form.setServerError }),
		isSaving: put.isPending,
		error: put.error,
		forget: () => put.reset(),
		discard: () => {
			put.reset();
			begin(stored);
		},
	};
}
