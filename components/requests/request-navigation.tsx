"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ArrowLeft, ChevronDown, ChevronUp } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { requestsQuery } from "../../lib/client/requests.ts";
import { Button } from "../ui/button.tsx";
import { neighboursOf } from "./neighbours.ts";
import { listSearch, readListQuery } from "./request-filters.ts";

/** Back to the list as it was left, and to the rows around this one. */
export function RequestNavigation({ id }: { readonly id: string }) {
	const params = useSearchParams();
	const search = listSearch(params);
	// Only reads what the list left behind; a link from elsewhere has no neighbours.
	const list = useInfiniteQuery({ ...requestsQuery(readListQuery(params)), enabled: false });
	const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
	const { newer, older } = neighboursOf(rows, id);
	return (
		<nav aria-label="Around this request" className="-mb-2 flex items-center justify-between gap-2">
			<Link
				href={`/requests${search}`}
				className="flex items-center gap-1.5 rounded py-1 text-muted text-sm hover:text-ink hover:underline"
			>
				<ArrowLeft aria-hidden="true" className="size-4" />
				All requests
			</Link>
			{(newer !== undefined || older !== undefined) && (
				<div className="flex gap-1.5">
					<Step id={newer} search={search}>
						<ChevronUp aria-hidden="true" />
						Newer
					</Step>
					<Step id={older} search={search}>
						<ChevronDown aria-hidden="true" />
						Older
					</Step>
				</div>
			)}
		</nav>
	);
}

interface StepProps {
	readonly id: string | undefined;
	readonly search: string;
	readonly children: ReactNode;
}

function Step({ id, search, children }: StepProps) {
	if (id === undefined) {
		return (
			<Button size="small" disabled>
				{children}
			</Button>
		);
	}
	return (
		<Button size="small" asChild>
			<Link href={`/requests/${encodeURIComponent(id)}${search}`}>{children}</Link>
		</Button>
	);
}
