"use client";

import { useQuery } from "@tanstack/react-query";
import { keysQuery } from "../../lib/client/keys.ts";
import { modelsQuery } from "../../lib/client/models.ts";
import { routesQuery } from "../../lib/client/routes.ts";
import { teamsQuery, usersQuery } from "../../lib/client/users.ts";
import type { QuotaScope } from "../../proxy-core/contract/quota.ts";
import type { PickerOption } from "../ui/picker.tsx";

/** Whom or what a budget of a scope can be for; nothing for scopes whose subjects are typed. */
export function useSubjectOptions(scope: QuotaScope): readonly PickerOption[] {
	const teams = useQuery({ ...teamsQuery(), enabled: scope === "team" }).data?.items ?? [];
	const users = useQuery({ ...usersQuery(), enabled: scope === "user" }).data?.items ?? [];
	const keys = useQuery({ ...keysQuery(), enabled: scope === "key" }).data?.items ?? [];
	const models = useModelOptions(scope === "model");
	switch (scope) {
		case "team":
			return teams.map(({ id, name }) => ({ value: id, label: name }));
		case "user":
			return users
				.filter(({ isDisabled }) => !isDisabled)
				.map(({ id, name, email }) => ({ value: id, label: name, hint: email }));
		case "key":
			return keys
				.filter(({ status }) => status === "active")
				.map(({ id, name, team }) => ({
					value: id,
					label: name,
					...(team === null ? {} : { hint: team.name }),
				}));
		case "model":
			return models;
		case "organisation":
		case "tag":
		case "ip":
			return [];
	}
}

/** What can be asked for by name: routes, models of one provider, and models at every provider. */
export function useModelOptions(isWanted: boolean): readonly PickerOption[] {
	const offered = useQuery({ ...modelsQuery(), enabled: isWanted }).data?.items ?? [];
	const routes = useQuery({ ...routesQuery(), enabled: isWanted }).data?.items ?? [];
	const places = Map.groupBy(offered, ({ model }) => model);
	return [
		...routes
			.filter(({ name }) => !name.includes("*"))
			.map(({ name }) => ({ value: name, label: name, hint: "route" })),
		...offered.map(({ id }) => ({ value: id, label: id })),
		...[...places.keys()]
			.filter((name) => !routes.some((route) => route.name === name))
			.map((name) => ({ value: name, label: name, hint: "at every provider" })),
	];
}
