"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useState } from "react";
import { ClientProblem } from "../../lib/client/problem.ts";
import { sessionQuery } from "../../lib/client/session.ts";
import { LiveProvider } from "../../lib/client/use-live-events.tsx";
import { NowProvider } from "../../lib/client/use-now.tsx";
import type { SessionInfo } from "../../lib/contracts/system.ts";
import { TooltipProvider } from "../ui/tooltip.tsx";

interface ConsoleProvidersProps {
	readonly session: SessionInfo;
	readonly children: ReactNode;
}

export function ConsoleProviders({ session, children }: ConsoleProvidersProps) {
	const [queries] = useState(() => createQueryClient(session));
	return (
		<QueryClientProvider client={queries}>
			<NowProvider>
				<LiveProvider>
					<TooltipProvider>{children}</TooltipProvider>
				</LiveProvider>
			</NowProvider>
		</QueryClientProvider>
	);
}

function createQueryClient(session: SessionInfo): QueryClient {
	const queries = new QueryClient({
		defaultOptions: {
			queries: {
				retry: (failures, error) => failures < 2 && mayHelp(error),
				refetchOnWindowFocus: true,
			},
		},
	});
	queries.setQueryData(sessionQuery().queryKey, session);
	return queries;
}

/** Asking again helps when the server was away or overloaded, not when it said no. */
function mayHelp(error: unknown): boolean {
	return !(error instanceof ClientProblem) || error.status === 0 || error.status >= 500;
}
