"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type * as z from "zod";
import { call } from "../../lib/client/call.ts";
import { ClientProblem } from "../../lib/client/problem.ts";
import { settingsQuery } from "../../lib/client/settings.ts";
import type { settingsAnswer } from "../../lib/contracts/system.ts";
import { putSettings } from "../../lib/contracts/system.ts";
import { valueAt } from "../../lib/format/form-values.ts";
import type { SchemaFormState } from "../forms/use-schema-form.ts";
import { useSchemaForm } from "../forms/use-schema-form.ts";
import { notifyDone } from "../ui/toaster.tsx";
import type { SettingsChange } from "./settings-changes.ts";
import { describeChanges, fieldAt } from "./settings-changes.ts";
import { formSchema, sectionsOf } from "./settings-schema.ts";

export type StoredSettings = z.output<typeof settingsAnswer>;

export interface SettingsDraft {
	readonly form: SchemaFormState;
	readonly changes: readonly SettingsChange[];
	/** The stored settings have moved on since this draft was begun. */
	readonly isBehind: boolean;
	readonly isReviewing: boolean;
	readonly isSaving: boolean;
	readonly error: unknown;
	/** Opens the review when every field is right. */
	readonly review: () => void;
	readonly cancelReview: () => void;
	readonly save: () => void;
	/** Takes the stored settings and puts the changes of this draft on top of them. */
	readonly catchUp: () => void;
}

export function useSettingsDraft(settings: StoredSettings): SettingsDraft {
	const queries = useQueryClient();
	const [base, setBase] = useState(settings);
	const [isReviewing, setIsReviewing] = useState(false);
	const schema = useMemo(() => formSchema(base.schema), [base.schema]);
	const form = useSchemaForm({ schema, initial: base.value, issuePrefix: "value" });
	const isBehind = settings.version !== base.version;
	const begin = (from: StoredSettings) => {
		setBase(from);
		form.reset(from.value);
	};
	// Nothing of one's own is lost, so the page just follows.
	if (isBehind && !form.isDirty) begin(settings);

	const put = useMutation({
		mutationFn: () =>
			call(putSettings, {
				body: putSettings.body.parse({
					version: base.version,
					value: sectionsOf(schema, form.value),
				}),
			}),
		onSuccess: (saved) => {
			begin(saved);
			queries.setQueryData(settingsQuery().queryKey, saved);
			setIsReviewing(false);
			notifyDone("Settings saved", "They are in force on every node.");
		},
		onError: (error) => {
			form.setServerError(error);
			if (!(error instanceof ClientProblem) || error.status !== 409) return;
			setIsReviewing(false);
			void queries.invalidateQueries({ queryKey: settingsQuery().queryKey });
		},
	});
	return {
		form,
		changes: describeChanges(form),
		isBehind,
		isReviewing,
		isSaving: put.isPending,
		error: put.error,
		review: () => {
			put.reset();
			if (form.check()) setIsReviewing(true);
		},
		cancelReview: () => setIsReviewing(false),
		save: () => put.mutate(),
		catchUp: () => {
			const { changes, fields, value: mine } = form;
			begin(settings);
			put.reset();
			for (const { path } of changes) {
				const field = fieldAt(fields, path);
				if (field !== undefined) form.set(field, valueAt(mine, path));
			}
		},
	};
}
