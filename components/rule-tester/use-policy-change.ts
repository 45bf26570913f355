"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { guardsQuery } from "../../lib/client/guards.ts";
import { sharedChange } from "../../lib/client/inspections.ts";
import { settingsQuery } from "../../lib/client/settings.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { GateQuery } from "../ui/data-gate.tsx";
import type { PolicyChange, PolicyInForce } from "./policy-change.ts";
import { editedPart, readChange } from "./policy-change.ts";

export interface PolicyDraft {
	readonly change: PolicyChange;
	/** Undefined while it is loaded, or when it cannot be. */
	readonly inForce: PolicyInForce | undefined;
	/** How the loading of it stands. */
	readonly loading: GateQuery<PolicyInForce>;
	/** From the form that shows it. */
	readonly set: (change: PolicyChange) => void;
	/** From elsewhere: forms begin anew with it. */
	readonly replace: (change: PolicyChange) => void;
	/** Differs after each `replace`. */
	readonly generation: number;
	/** What is edited: `guards.<id>`, `firewall`, `privacy`, or nothing. */
	readonly part: string;
	readonly rule: string;
	readonly edit: (part: string, rule?: string) => void;
}

/** The changed policy of the page; it goes along in the address as far as it is short enough. */
export function usePolicyChange(): PolicyDraft {
	const [params, changeUrl] = useUrlState();
	const guards = useQuery(guardsQuery());
	const settings = useQuery(settingsQuery());
	const [change, setChange] = useState<PolicyChange>(() => {
		const read = readChange(params.get("change") ?? "");
		return "change" in read ? read.change : {};
	});
	const [generation, setGeneration] = useState(0);
	const set = (next: PolicyChange) => {
		setChange(next);
		changeUrl({ change: sharedChange(next) });
	};
	const inForce =
		guards.data === undefined || settings.data === undefined
			? undefined
			: { guards: guards.data.items, sections: settings.data.value };
	const failed = [guards, settings].filter(({ error }) => error !== null);
	return {
		change,
		inForce,
		loading: {
			data: inForce,
			error: failed[0]?.error ?? null,
			isPending: inForce === undefined && failed.length === 0,
			refetch: () => Promise.all(failed.map(({ refetch }) => refetch())),
		},
		set,
		replace: (next) => {
			set(next);
			setGeneration((count) => count + 1);
		},
		generation,
		part: editedPart(params),
		rule: params.get("rule") ?? "",
		edit: (part, rule = "") => changeUrl({ edit: part, guard: null, rule }),
	};
}
