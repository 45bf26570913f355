"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { CalendarRange } from "lucide-react";
import { threatsQuery } from "../../lib/client/threats.ts";
import type { UrlChanges } from "../../lib/client/use-url-state.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { categoryWords, effectWords, layerWords } from "../../lib/format/threat-words.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Panel } from "../ui/panel.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { optionsOfWords, UrlChoice } from "../ui/url-filters.tsx";
import { eventColumns } from "./event-columns.tsx";
import { seriesWords } from "./threat-looks.ts";
import type { ThreatsState } from "./threats-state.ts";
import { clearFilters } from "./threats-state.ts";

interface EventsTableProps {
	readonly state: ThreatsState;
	readonly onChange: (changes: UrlChanges) => void;
	readonly onOpen: (id: string) => void;
}

/** Every event of the range, newest first; each leads to its request. */
export function EventsTable({ state, onChange, onOpen }: EventsTableProps) {
	const query = useInfiniteQuery(threatsQuery(state.question));
	return (
		<Panel isPadded={false} aria-label="Threat events">
			<DataGate query={query} skeleton={<SkeletonRows rows={10} />}>
				{(data) => (
					<div
						aria-busy={query.isPlaceholderData}
						className={classNames("-mt-2", query.isPlaceholderData && "opacity-60")}
					>
						<DataTable
							id="threats"
							label="Threat events"
							columns={eventColumns}
							rows={data.pages.flatMap((page) => page.items)}
							rowKey={(event) => event.id}
							onOpen={(event) => onOpen(event.id)}
							openKey={state.event}
							toolbar={<Filters />}
							paging={{
								hasMore: query.hasNextPage,
								isLoading: query.isFetchingNextPage,
								loadMore: () => void query.fetchNextPage(),
							}}
							empty={
								<EmptyState
									icon={CalendarRange}
									title="No threat event in this range matches."
									action={
										<Button
											onClick={() =>
												onChange({ ...clearFilters, range: "30d", from: null, to: null })
											}
										>
											Show everything of the last 30 days
										</Button>
									}
								/>
							}
						/>
					</div>
				)}
			</DataGate>
		</Panel>
	);
}

function Filters() {
	return (
		<>
			<UrlChoice
				name="severity"
				label="Severity"
				any="Any severity"
				options={optionsOfWords(seriesWords.severity)}
			/>
			<UrlChoice
				name="effect"
				label="Effect"
				any="Any effect"
				options={optionsOfWords(effectWords)}
			/>
			<UrlChoice name="layer" label="Layer" any="Any layer" options={optionsOfWords(layerWords)} />
			<UrlChoice
				name="category"
				label="Category"
				any="Any category"
				options={optionsOfWords(categoryWords)}
			/>
		</>
	);
}
