"use client";

import { useQuery } from "@tanstack/react-query";
import { keysQuery } from "../../lib/client/keys.ts";
import { useMay } from "../../lib/client/use-session.ts";

/** Names of the keys that one may list, by id. */
export function useKeyNames(): ReadonlyMap<string, string> {
	const keys = useQuery({ ...keysQuery(), enabled: useMay("keys:own") });
	return new Map(keys.data?.items.map(({ id, name }) => [id, name]));
}
