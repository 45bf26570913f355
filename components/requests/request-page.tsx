"use client";

import { useQuery } from "@tanstack/react-query";
import { ClientProblem } from "../../lib/client/problem.ts";
import { requestQuery } from "../../lib/client/requests.ts";
import { DataGate } from "../ui/data-gate.tsx";
import { RequestDetailView } from "./request-detail-view.tsx";
import { RequestMissing } from "./request-missing.tsx";
import { RequestNavigation } from "./request-navigation.tsx";
import { RequestSkeleton } from "./request-skeleton.tsx";

/** A request may be opened a moment before the ledger holds it. */
const triesMax = 6;
const waitMs = 1500;

/** Who, what, when, from where, what each step decided, and what it cost. */
export function RequestPage({ id }: { readonly id: string }) {
	const query = useQuery({
		...requestQuery(id),
		retry: (failures, error) => failures < triesMax && (isUnknown(error) || failures < 2),
		retryDelay: waitMs,
	});
	const isAbsent = isUnknown(query.failureReason) && query.data === undefined;
	return (
		<>
			<RequestNavigation id={id} />
			{isAbsent ? (
				<RequestMissing id={id} isWaiting={query.isFetching} onRetry={() => void query.refetch()} />
			) : (
				<DataGate query={query} skeleton={<RequestSkeleton />}>
					{(request) => <RequestDetailView request={request} />}
				</DataGate>
			)}
		</>
	);
}

function isUnknown(error: unknown): boolean {
	return error instanceof ClientProblem && error.status === 404;
}
