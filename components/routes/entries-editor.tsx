"use client";

import { CircleAlert, Plus } from "lucide-react";
import { routeEntry } from "../../lib/contracts/routes.ts";
import { formatShare } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import { SortableList } from "../ui/sortable-list.tsx";
import { NamePicker } from "./name-picker.tsx";
import type { EntryDraft } from "./route-draft.ts";
import { moved, sharesOf } from "./route-draft.ts";
import type { RouteDraftState } from "./use-route-draft.ts";
import { useRouteNames } from "./use-route-names.ts";

/** The targets of a route in their order, with their weights where those count. */
export function EntriesEditor({ form }: { readonly form: RouteDraftState }) {
	const { draft, change, issueOf } = form;
	const { entries } = draft;
	const names = useRouteNames();
	const put = (next: readonly EntryDraft[]) => change({ entries: next });
	const toggle = (target: string) => {
		const others = entries.filter((entry) => entry.target !== target);
		put(others.length < entries.length ? others : [...entries, { target, weight: "1" }]);
	};
	return (
		<section className="flex flex-col gap-2" aria-label="Targets">
			<div>
				<h3 className="font-medium text-ink">
					Targets
					<span className="ml-1 font-normal text-faint text-xs">required</span>
				</h3>
				<p className="text-muted text-sm">{orderHelp(draft.strategy)}</p>
			</div>
			{entries.length > 0 && (
				<SortableList
					label="Targets in order"
					names={entries.map(({ target }) => target)}
					onMove={(from, to) => put(moved(entries, from, to))}
					onRemove={(index) => put(entries.toSpliced(index, 1))}
				>
					{(index) => <EntryRow form={form} index={index} />}
				</SortableList>
			)}
			<Issue text={issueOf("entries")} />
			<NamePicker
				label="Targets to choose from"
				groups={[names.targets, names.models]}
				chosen={entries.map(({ target }) => target)}
				accepts={(typed) => routeEntry.shape.target.safeParse(typed).success}
				placeholder={
					draft.name.includes("*")
						? "Search, or type one such as openai/*"
						: "Search, or type provider/model"
				}
				onPick={toggle}
				trigger={
					<Button className="self-start">
						<Plus aria-hidden="true" />
						Add target
					</Button>
				}
			/>
		</section>
	);
}

interface EntryRowProps {
	readonly form: RouteDraftState;
	readonly index: number;
}

function EntryRow({ form, index }: EntryRowProps) {
	const { draft, issueOf } = form;
	const entry = draft.entries[index];
	if (entry === undefined) return undefined;
	const { target } = entry;
	return (
		<div className="flex flex-wrap items-center gap-x-2 gap-y-1">
			<span className="min-w-0 grow basis-40 break-all font-mono text-ink text-sm">{target}</span>
			{draft.strategy === "weighted" && <Weight form={form} entry={entry} index={index} />}
			<Issue text={issueOf(`entries.${index}.target`) ?? issueOf(`entries.${index}.weight`)} />
		</div>
	);
}

interface WeightProps {
	readonly form: RouteDraftState;
	readonly entry: EntryDraft;
	readonly index: number;
}

function Weight({ form, entry: { target, weight }, index }: WeightProps) {
	const { draft, change, touch, issueOf } = form;
	const share = sharesOf(draft.entries)[index] ?? null;
	const path = `entries.${index}.weight`;
	return (
		<span className="inline-flex items-center gap-2">
			<span className="w-12 whitespace-nowrap text-right text-muted text-sm">
				{share === null ? "–" : formatShare(share)}
			</span>
			<span className="w-16">
				<Input
					aria-label={`Weight of ${target}`}
					aria-invalid={issueOf(path) !== undefined || undefined}
					inputMode="numeric"
					className="h-7 px-2 text-right text-sm"
					value={weight}
					onBlur={() => touch(path)}
					onChange={(event) =>
						change({
							entries: draft.entries.with(index, { target, weight: event.target.value }),
						})
					}
				/>
			</span>
		</span>
	);
}

function Issue({ text }: { readonly text: string | undefined }) {
	if (text === undefined) return undefined;
	return (
		<p role="alert" className="flex basis-full items-start gap-1.5 text-danger-ink text-sm">
			<CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
			{text}
		</p>
	);
}

/** What the order of the list means. */
function orderHelp(strategy: RouteDraftState["draft"]["strategy"]): string {
	switch (strategy) {
		case "priority":
			return "Tried from the top, among targets of equal priority.";
		case "weighted":
			return "Chosen at random by weight; the order does not matter.";
		case "round-robin":
			return "Each takes its turn, from the top.";
		case "least-busy":
		case "latency":
		case "cost":
		case "smart":
			return "The score decides; among equals, the upper one.";
	}
}
