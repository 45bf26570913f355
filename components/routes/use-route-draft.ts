"use client";

import { useState } from "react";
import { ClientProblem } from "../../lib/client/problem.ts";
import type { RouteInput } from "../../lib/contracts/routes.ts";
import type { RouteDraft } from "./route-draft.ts";
import { checkDraft } from "./route-draft.ts";

export interface RouteDraftState {
	readonly draft: RouteDraft;
	readonly isDirty: boolean;
	readonly change: (part: Partial<RouteDraft>) => void;
	/** A field was left: from now on its issue shows. */
	readonly touch: (path: string) => void;
	/** What to show below the field at this dotted path: the server's word, or ours once it was left. */
	readonly issueOf: (path: string) => string | undefined;
	/** Shows every issue; the input when there is none. */
	readonly finish: () => RouteInput | undefined;
}

export function useRouteDraft(initial: RouteDraft, error: unknown): RouteDraftState {
	const [draft, setDraft] = useState(initial);
	const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
	const [isFinished, setIsFinished] = useState(false);
	const check = checkDraft(draft);
	const own = check.ok ? [] : check.issues;
	const server = error instanceof ClientProblem ? error.issues : [];
	return {
		draft,
		isDirty: JSON.stringify(draft) !== JSON.stringify(initial),
		change: (part) => setDraft((current) => ({ ...current, ...part })),
		touch: (path) => setTouched((current) => new Set([...current, path])),
		issueOf: (path) => {
			const isShown = isFinished || touched.has(path);
			const shown = isShown ? own.find((issue) => issue.path === path) : undefined;
			return (shown ?? server.find((issue) => issue.path === path))?.message;
		},
		finish: () => {
			setIsFinished(true);
			return check.ok ? check.input : undefined;
		},
	};
}
