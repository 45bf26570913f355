"use client";

import { useState } from "react";
import { ClientProblem } from "../../lib/client/problem.ts";
import { useNow } from "../../lib/client/use-now.tsx";
import type { KeyDraft, KeyInput } from "./key-draft.ts";
import { checkDraft } from "./key-draft.ts";

export interface KeyDraftState {
	readonly draft: KeyDraft;
	readonly change: (part: Partial<KeyDraft>) => void;
	readonly touch: (name: keyof KeyDraft) => void;
	/** What to show below a field: the server's word, or ours once the field was left. */
	readonly issueOf: (name: keyof KeyDraft) => string | undefined;
	/** Shows every issue; the input when there is none. */
	readonly finish: () => KeyInput | undefined;
}

export function useKeyDraft(initial: KeyDraft, error: unknown): KeyDraftState {
	const [draft, setDraft] = useState(initial);
	const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
	const check = checkDraft(draft, useNow());
	const own = check.ok ? [] : check.issues;
	const server = error instanceof ClientProblem ? error.issues : [];
	return {
		draft,
		change: (part) => setDraft((current) => ({ ...current, ...part })),
		touch: (name) => setTouched((current) => new Set([...current, name])),
		issueOf: (name) => {
			const shown = touched.has(name) ? own.find((issue) => issue.path === name) : undefined;
			return (shown ?? server.find((issue) => issue.path.split(".")[0] === name))?.message;
		},
		finish: () => {
			setTouched(new Set(Object.keys(draft)));
			return check.ok ? check.input : undefined;
		},
	};
}
