"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ClientProblem } from "../../lib/client/problem.ts";
import { requestQuery } from "../../lib/client/requests.ts";
import type { RequestDetail } from "../../lib/contracts/requests.ts";
import { formatCount, formatDuration } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { Money } from "../ui/money.tsx";
import { OutcomeBadge } from "../ui/outcome-badge.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

const askAgainMs = 400;
const asksMax = 40;

/** Waits until the request is in the log, which takes a moment, and shows what was recorded. */
export function ArrivedRequest({ requestId }: { readonly requestId: string }) {
	const request = useQuery({
		...requestQuery(requestId),
		retry: (failures, error) =>
			failures < asksMax && error instanceof ClientProblem && error.status === 404,
		retryDelay: askAgainMs,
	});
	return (
		<DataGate query={request} skeleton={<Skeleton className="h-20" />}>
			{(data) => <Facts request={data} />}
		</DataGate>
	);
}

function Facts({ request }: { readonly request: RequestDetail }) {
	const tokens = (request.inputTokens ?? 0) + (request.outputTokens ?? 0);
	return (
		<div className="flex flex-col gap-4">
			<dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3">
				<Fact label="Outcome">
					<OutcomeBadge outcome={request.outcome} />
				</Fact>
				<Fact label="Status">{request.status}</Fact>
				<Fact label="Model">
					{request.provider}/{request.model}
				</Fact>
				<Fact label="Tokens">{formatCount(tokens)}</Fact>
				<Fact label="Cost">
					<Money microUsd={request.costMicroUsd} isUnpriced={request.isUnpriced} />
				</Fact>
				<Fact label="Time">{formatDuration(request.durationMs)}</Fact>
			</dl>
			<Button asChild className="self-start">
				<Link href={`/requests/${encodeURIComponent(request.id)}`}>
					Look at this request
					<ArrowRight aria-hidden="true" />
				</Link>
			</Button>
		</div>
	);
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
	return (
		<div className="min-w-0">
			<dt className="text-faint text-xs">{label}</dt>
			<dd className="truncate text-ink">{children}</dd>
		</div>
	);
}
