"use client";

import { useQuery } from "@tanstack/react-query";
import { keysQuery } from "../../lib/client/keys.ts";
import { useMay } from "../../lib/client/use-session.ts";
import type { RequestSummary } from "../../lib/contracts/requests.ts";

/** Names of keys by id: those one may list, and those on the screen. */
export function useKeyNames(rows: readonly RequestSummary[]): ReadonlyMap<string, string> {
	const keys = useQuery({ ...keysQuery(), enabled: useMay("keys:own") });
	const names = new Map(keys.data?.items.map(({ id, name }) => [id, name]));
	for (const { key } of rows) if (key !== null) names.set(key.id, key.name ?? key.id);
	return names;
}
