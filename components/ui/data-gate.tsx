"use client";

import type { ReactNode } from "react";
import type { EmptyStateProps } from "./empty-state.tsx";
import { EmptyState } from "./empty-state.tsx";
import { ErrorState } from "./error-state.tsx";
import { SkeletonRows } from "./skeleton.tsx";

/** The part of a TanStack query's result that a gate needs. */
export interface GateQuery<Data> {
	readonly data: Data | undefined;
	readonly error: unknown;
	readonly isPending: boolean;
	readonly refetch: () => unknown;
}

interface DataGateProps<Data> {
	readonly query: GateQuery<Data>;
	/** The shape of what comes. */
	readonly skeleton?: ReactNode;
	/** What shows when `isEmpty` says so. */
	readonly empty?: EmptyStateProps;
	readonly isEmpty?: (data: Data) => boolean;
	readonly children: (data: Data) => ReactNode;
}

/**
 * The four states of everything that is loaded: skeleton, empty, error, data. Data that was there
 * stays on the page when a refresh fails; the live indicator says that it is old.
 */
export function DataGate<Data>({ query, skeleton, empty, isEmpty, children }: DataGateProps<Data>) {
	if (query.data !== undefined) {
		if (empty !== undefined && isEmpty?.(query.data) === true) return <EmptyState {...empty} />;
		return children(query.data);
	}
	if (query.isPending) {
		return (
			<div role="status" aria-busy="true">
				<span className="sr-only">Loading</span>
				{skeleton ?? <SkeletonRows />}
			</div>
		);
	}
	return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
}
