"use client";

import { ListTree } from "lucide-react";
import Link from "next/link";
import { useMay } from "../../lib/client/use-session.ts";
import type { UrlChanges } from "../../lib/client/use-url-state.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import type { ChosenFilters } from "./request-filters.ts";
import { clearFilters, filterNames } from "./request-filters.ts";

interface NoRequestsProps {
	readonly filters: ChosenFilters;
	readonly onChange: (changes: UrlChanges) => void;
}

export function NoRequests({ filters, onChange }: NoRequestsProps) {
	const mayChat = useMay("chat:use");
	if (filterNames.some((name) => filters[name] !== undefined)) {
		return (
			<EmptyState
				icon={ListTree}
				title="No request in this range matches the filters."
				hint="Remove a filter, or choose a longer range above."
				action={<Button onClick={() => onChange(clearFilters)}>Remove all filters</Button>}
			/>
		);
	}
	return (
		<EmptyState
			icon={ListTree}
			title="Requests show here as soon as they have been answered or refused."
			hint="There was none in this range."
			action={
				mayChat && (
					<Button variant="primary" asChild>
						<Link href="/playground">Send one from the Playground</Link>
					</Button>
				)
			}
		/>
	);
}
