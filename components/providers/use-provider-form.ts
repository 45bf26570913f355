"use client";

import { useState } from "react";
import { ClientProblem } from "../../lib/client/problem.ts";
import type { Provider, ProviderKind } from "../../lib/contracts/providers.ts";
import { createProvider } from "../../lib/contracts/providers.ts";
import type { SchemaFormState } from "../forms/use-schema-form.ts";
import { useSchemaForm } from "../forms/use-schema-form.ts";

export interface ProviderDraft {
	readonly id: string;
	readonly title: string;
	readonly models: readonly string[];
	readonly isEnabled: boolean;
}

export interface ProviderBody {
	readonly kind: string;
	readonly title: string;
	readonly settings: Record<string, unknown>;
	readonly models: string[];
	readonly isEnabled: boolean;
}

export interface ProviderFormState {
	readonly isNew: boolean;
	readonly kind: ProviderKind;
	readonly draft: ProviderDraft;
	readonly settings: SchemaFormState;
	readonly unpriced: readonly string[];
	readonly isDirty: boolean;
	readonly error: unknown;
	readonly change: (part: Partial<ProviderDraft>) => void;
	readonly touch: (name: keyof ProviderDraft) => void;
	readonly issueOf: (name: keyof ProviderDraft) => string | undefined;
	/** Shows every issue; what to send when there is none. */
	readonly finish: () => ProviderBody | undefined;
	readonly refuse: (error: unknown) => void;
}

interface Options {
	readonly kind: ProviderKind;
	/** The stored provider, or only a name for a new one. */
	readonly subject: Provider | { readonly id: string };
}

export function useProviderForm({ kind, subject }: Options): ProviderFormState {
	const stored = "kind" in subject ? subject : undefined;
	const [initial] = useState<ProviderDraft>(() => ({
		id: subject.id,
		title: stored?.title ?? kind.title,
		models: stored?.models ?? [],
		isEnabled: stored?.isEnabled ?? true,
	}));
	const [draft, setDraft] = useState(initial);
	const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
	const [error, setError] = useState<unknown>(null);
	const settings = useSchemaForm({
		schema: kind.settings,
		initial: stored?.settings ?? {},
		secretsSet: stored?.secretsSet ?? [],
		issuePrefix: "settings",
	});
	const own = issuesOf(draft);
	return {
		isNew: stored === undefined,
		kind,
		draft,
		settings,
		unpriced: stored?.unpricedModels ?? [],
		isDirty: settings.isDirty || JSON.stringify(initial) !== JSON.stringify(draft),
		error,
		change: (part) => setDraft((current) => ({ ...current, ...part })),
		touch: (name) => setTouched((current) => new Set([...current, name])),
		issueOf: (name) => (touched.has(name) ? own.get(name) : undefined) ?? serverIssue(error, name),
		finish: () => {
			setTouched(new Set(Object.keys(draft)));
			if (!settings.check() || own.size > 0) return undefined;
			const { title, models, isEnabled } = draft;
			return {
				kind: kind.id,
				title,
				settings: { ...settings.value },
				models: [...models],
				isEnabled,
			};
		},
		refuse: (problem) => {
			setError(problem);
			settings.setServerError(problem);
		},
	};
}

/** The contract's word on the fields beside the kind's own settings. */
function issuesOf(draft: ProviderDraft): ReadonlyMap<string, string> {
	const parsed = createProvider.body
		.pick({ id: true, title: true, models: true, isEnabled: true })
		.safeParse(draft);
	if (parsed.success) return new Map();
	return new Map(
		parsed.error.issues.map(({ path, message }) => [String(path[0] ?? ""), message] as const),
	);
}

function serverIssue(error: unknown, name: string): string | undefined {
	if (!(error instanceof ClientProblem)) return undefined;
	return error.issues.find((issue) => issue.path === name)?.message;
}
