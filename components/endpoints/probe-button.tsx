"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { call } from "../../lib/client/call.ts";
import { ClientProblem } from "../../lib/client/problem.ts";
import { useMay } from "../../lib/client/use-session.ts";
import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";
import { probeEndpoint } from "../../lib/contracts/endpoints.ts";
import { formatDuration } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { notifyDone, notifyFailed } from "../ui/toaster.tsx";

interface ProbeButtonProps {
	readonly endpoint: TargetEndpoint;
	/** Only the icon, where there is no room for words. */
	readonly isCompact?: boolean;
}

/** Asks the target's provider now; the answer counts as a health check. Absent for those who may only look. */
export function ProbeButton({ endpoint, isCompact = false }: ProbeButtonProps) {
	const queries = useQueryClient();
	const mayWrite = useMay("registry:write");
	const { id, target, providerTitle } = endpoint;
	const probe = useMutation({
		mutationFn: () => call(probeEndpoint, { params: { id } }),
		onSuccess: (report) => {
			void queries.invalidateQueries({ queryKey: ["endpoints"] });
			void queries.invalidateQueries({ queryKey: ["routes"] });
			void queries.invalidateQueries({ queryKey: ["providers"] });
			if (report.ok) {
				notifyDone(
					`${providerTitle} answered in ${formatDuration(report.latencyMs)}`,
					report.message,
				);
			} else notifyFailed(`${providerTitle} failed the probe`, failure(report.message));
		},
		onError: (error) => notifyFailed(`${target} was not probed`, error),
	});
	if (!mayWrite) return undefined;
	if (isCompact) {
		return (
			<IconButton
				size="small"
				variant="secondary"
				label={`Probe now: ${target}`}
				tooltip="Probe now"
				isBusy={probe.isPending}
				icon={!probe.isPending && <Activity aria-hidden="true" />}
				onClick={() => probe.mutate()}
			/>
		);
	}
	return (
		<Button
			size="small"
			aria-label={`Probe now: ${target}`}
			isBusy={probe.isPending}
			onClick={() => probe.mutate()}
		>
			{!probe.isPending && <Activity aria-hidden="true" />}
			Probe now
		</Button>
	);
}

/** The provider's fault, not the admin API's: that one answered as it should. */
function failure(message: string): ClientProblem {
	return new ClientProblem({ message, status: 200, code: "target_probe_failed" });
}
