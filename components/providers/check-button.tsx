"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { call } from "../../lib/client/call.ts";
import { ClientProblem } from "../../lib/client/problem.ts";
import { providersQuery } from "../../lib/client/providers.ts";
import { useMay } from "../../lib/client/use-session.ts";
import type { Provider } from "../../lib/contracts/providers.ts";
import { checkProvider } from "../../lib/contracts/providers.ts";
import { formatDuration } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { notifyDone, notifyFailed } from "../ui/toaster.tsx";

/** Asks the provider now and remembers the answer. Absent for those who may only look. */
export function CheckButton({ provider }: { readonly provider: Provider }) {
	const queries = useQueryClient();
	const mayWrite = useMay("registry:write");
	const check = useMutation({
		mutationFn: () => call(checkProvider, { params: { id: provider.id } }),
		onSuccess: (report) => {
			void queries.invalidateQueries({ queryKey: providersQuery().queryKey });
			const took = formatDuration(report.latencyMs);
			if (report.ok) notifyDone(`${provider.title} answered in ${took}`, report.message);
			else notifyFailed(`${provider.title} failed the check`, failure(report.message));
		},
		onError: (error) => notifyFailed(`${provider.title} was not checked`, error),
	});
	if (!mayWrite) return undefined;
	return (
		<Button
			size="small"
			aria-label={`Check now: ${provider.title}`}
			isBusy={check.isPending}
			onClick={() => check.mutate()}
		>
			{!check.isPending && <Activity aria-hidden="true" />}
			Check now
		</Button>
	);
}

/** The provider's fault, not the admin API's: that one answered as it should. */
function failure(message: string): ClientProblem {
	return new ClientProblem({ message, status: 200, code: "provider_check_failed" });
}
