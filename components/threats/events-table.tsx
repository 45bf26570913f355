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
import type { SelectOption } from "../ui/select.tsx";
import { Select } from "../ui/select.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
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
							toolbar={<Filters state={state} onChange={onChange} />}
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

const any = "any";

function Filters({ state: { filters }, onChange }: Pick<EventsTableProps, "state" | "onChange">) {
	return (
		<>
			<Choice
				label="Severity"
				anyLabel="Any severity"
				words={seriesWords.severity}
				value={filters.severity}
				onChange={(severity) => onChange({ severity })}
			/>
			<Choice
				label="Effect"
				anyLabel="Any effect"
				words={effectWords}
				value={filters.effect}
				onChange={(effect) => onChange({ effect })}
			/>
			<Choice
				label="Layer"
				anyLabel="Any layer"
				words={layerWords}
				value={filters.layer}
				onChange={(layer) => onChange({ layer })}
			/>
			<Choice
				label="Category"
				anyLabel="Any category"
				words={categoryWords}
				value={filters.category}
				onChange={(category) => onChange({ category })}
			/>
		</>
	);
}

interface ChoiceProps {
	readonly label: string;
	readonly anyLabel: string;
	readonly words: Readonly<Record<string, string>>;
	readonly value: string | undefined;
	readonly onChange: (value: string | null) => void;
}

function Choice({ label, anyLabel, words, value, onChange }: ChoiceProps) {
	const options: readonly SelectOption[] = [
		{ value: any, label: anyLabel },
		...Object.entries(words).map(([id, word]) => ({ value: id, label: word })),
	];
	return (
		<Select
			aria-label={label}
			size="small"
			className="w-36"
			options={options}
			value={value ?? any}
			onChange={(next) => onChange(next === any ? null : next)}
		/>
	);
}
