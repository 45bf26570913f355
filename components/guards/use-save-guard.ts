import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/client/call.ts";
import { guardsQuery } from "../../lib/client/guards.ts";
import { ClientProblem } from "../../lib/client/problem.ts";
import type { GuardInfo } from "../../lib/contracts/guards.ts";
import { updateGuard } from "../../lib/contracts/guards.ts";

export interface StoredGuard {
	/** Of the settings that `guard` was read from. */
	readonly version: number;
	readonly guard: GuardInfo;
}

interface GuardSave {
	readonly id: string;
	readonly version: number;
	/** Replaces everything that is set of the guard. */
	readonly value: GuardInfo["value"];
}

/** Puts a guard's value in force; refused when somebody else changed the settings meanwhile. */
export function useSaveGuard(onSaved: (saved: StoredGuard) => void) {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: ({ id, version, value }: GuardSave) =>
			call(updateGuard, { params: { id }, body: { version, value } }),
		onSuccess: async (saved) => {
			queries.setQueryData(guardsQuery().queryKey, (list) =>
				list === undefined
					? undefined
					: {
							version: saved.version,
							items: list.items.map((item) => (item.id === saved.guard.id ? saved.guard : item)),
						},
			);
			onSaved(saved);
			await queries.invalidateQueries({ queryKey: ["settings"] });
		},
		onError: (error) => {
			if (!(error instanceof ClientProblem) || error.status !== 409) return;
			void queries.invalidateQueries({ queryKey: guardsQuery().queryKey });
		},
	});
}
