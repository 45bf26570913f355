"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { Permission } from "../contracts/permissions.ts";
import type { SessionInfo } from "../contracts/system.ts";
import { sessionQuery } from "./session.ts";

/** Who is signed in. There from the first render on: the layout hands it in. */
export function useSession(): SessionInfo {
	return useSuspenseQuery(sessionQuery()).data;
}

/** Whether to offer something at all; the server decides again. */
export function useMay(permission: Permission): boolean {
	return useSession().permissions.includes(permission);
}
