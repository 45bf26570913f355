import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import { privacyQuery } from "../../lib/client/privacy.ts";
import { ClientProblem } from "../../lib/client/problem.ts";
import type { Privacy } from "../../lib/contracts/privacy.ts";
import { putPrivacy } from "../../lib/contracts/privacy.ts";
import type { PrivacySettings } from "../../proxy-core/contract/privacy-settings.ts";
import { notifyDone } from "../ui/toaster.tsx";
import { changedParts, readyToSend } from "./privacy-words.ts";

export interface PrivacyDraft {
	readonly value: PrivacySettings;
	/** Names of what differs from the settings in force. */
	readonly changes: readonly string[];
	readonly set: (part: Partial<PrivacySettings>) => void;
	readonly save: () => void;
	readonly discard: () => void;
	readonly isSaving: boolean;
	/** Somebody else changed the settings since this draft was begun. */
	readonly isBehind: boolean;
	readonly error: unknown;
	/** What the server says about a field, by its path below the settings. */
	readonly issueOf: (path: string) => string | undefined;
}

/** Changes of this page that are not in force yet; the page follows the server while there are none. */
export function usePrivacyDraft(stored: Privacy): PrivacyDraft {
	const queries = useQueryClient();
	const [base, setBase] = useState(stored);
	const [value, setValue] = useState(stored.value);
	const changes = changedParts(base.value, value);
	const isBehind = stored.version !== base.version;
	const begin = (from: Privacy) => {
		setBase(from);
		setValue(from.value);
	};
	if (isBehind && changes.length === 0) begin(stored);
	const put = useMutation({
		mutationFn: () =>
			call(putPrivacy, { body: { version: base.version, value: readyToSend(value) } }),
		onSuccess: async (saved) => {
			begin(saved);
			queries.setQueryData(privacyQuery().queryKey, saved);
			await queries.invalidateQueries({ queryKey: ["settings"] });
			notifyDone("Privacy settings saved", "They are in force on every node.");
		},
	});
	const problem = put.error instanceof ClientProblem ? put.error : undefined;
	return {
		value,
		changes,
		isBehind,
		set: (part) => setValue((before) => ({ ...before, ...part })),
		save: () => put.mutate(),
		discard: () => {
			put.reset();
			begin(stored);
		},
		isSaving: put.isPending,
		error: put.error,
		issueOf: (path) => problem?.issues.find((issue) => issue.path.endsWith(path))?.message,
	};
}
