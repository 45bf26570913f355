"use client";

import { useQuery } from "@tanstack/react-query";
import { keysQuery } from "../../lib/client/keys.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { teamsQuery, usersQuery } from "../../lib/client/users.ts";
import type { RequestSummary } from "../../lib/contracts/requests.ts";

/** Names of keys by id: those one may list, and those on the screen. */
export function useKeyNames(rows: readonly RequestSummary[]): ReadonlyMap<string, string> {
	const keys = useQuery({ ...keysQuery(), enabled: useMay("keys:own") });
	const names = new Map(keys.data?.items.map(({ id, name }) => [id, name]));
	for (const { key } of rows) if (key !== null) names.set(key.id, key.name ?? key.id);
	return names;
}

/** Names of people and teams by id, as far as one may list them, and people on the screen. */
export function useOwnerNames(rows: readonly RequestSummary[]): ReadonlyMap<string, string> {
	const teams = useQuery({ ...teamsQuery(), enabled: useMay("keys:own") });
	const users = useQuery({ ...usersQuery(), enabled: useMay("users:manage") });
	const named = [...(teams.data?.items ?? []), ...(users.data?.items ?? [])];
	const names = new Map(named.map(({ id, name }) => [id, name]));
	for (const { user } of rows) if (user !== null) names.set(user.id, user.name ?? user.id);
	return names;
}
