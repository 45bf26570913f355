"use client";

import { useQuery } from "@tanstack/react-query";
import { keysQuery } from "../../lib/client/keys.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { teamsQuery } from "../../lib/client/users.ts";
import type { GuardInfo } from "../../lib/contracts/guards.ts";
import type { PickerOption } from "../ui/picker.tsx";
import type { GuardNames } from "./guard-words.ts";

export interface GuardOptions {
	readonly rules: readonly PickerOption[];
	readonly keys: readonly PickerOption[];
	readonly teams: readonly PickerOption[];
	/** By id; an id that nobody knows stands for itself. */
	readonly names: GuardNames;
}

/** Whom and what scopes and exceptions can name. Who may not see keys sees their ids. */
export function useGuardOptions({ rules }: Pick<GuardInfo, "rules">): GuardOptions {
	const enabled = useMay("keys:own");
	const keys = useQuery({ ...keysQuery(), enabled }).data?.items ?? [];
	const teams = useQuery({ ...teamsQuery(), enabled }).data?.items ?? [];
	const options = {
		rules: rules.map(({ id, title }) => ({ value: id, label: title, hint: id })),
		keys: keys.map(({ id, name, team, status }) => ({
			value: id,
			label: name,
			hint: status === "active" ? (team?.name ?? "") : status,
		})),
		teams: teams.map(({ id, name }) => ({ value: id, label: name, hint: "" })),
	};
	return {
		...options,
		names: {
			rule: labelsOf(options.rules),
			key: labelsOf(options.keys),
			team: labelsOf(options.teams),
		},
	};
}

function labelsOf(options: readonly PickerOption[]): (id: string) => string {
	const labels = new Map(options.map(({ value, label }) => [value, label]));
	return (id) => labels.get(id) ?? id;
}
