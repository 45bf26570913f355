"use client";

import { Plus } from "lucide-react";
import type { FallbackReason } from "../../proxy-core/contract/routing.ts";
import { fallbackReasons } from "../../proxy-core/contract/routing.ts";
import { Button } from "../ui/button.tsx";
import { SortableList } from "../ui/sortable-list.tsx";
import { NamePicker } from "./name-picker.tsx";
import { moved } from "./route-draft.ts";
import { fallbackWords } from "./route-words.ts";
import type { RouteDraftState } from "./use-route-draft.ts";
import { useRouteNames } from "./use-route-names.ts";

/** Where a request goes when the targets cannot serve it, one chain for each reason. */
export function FallbacksEditor({ form }: { readonly form: RouteDraftState }) {
	return (
		<section className="flex flex-col gap-2" aria-label="Fallbacks">
			<div>
				<h3 className="font-medium text-ink">Fallbacks</h3>
				<p className="text-muted text-sm">
					Tried from the top when the targets above could not serve a request, until the answer has
					begun.
				</p>
			</div>
			<div className="divide-y divide-line rounded-lg border border-line">
				{fallbackReasons.map((reason) => (
					<Chain key={reason} form={form} reason={reason} />
				))}
			</div>
		</section>
	);
}

interface ChainProps {
	readonly form: RouteDraftState;
	readonly reason: FallbackReason;
}

function Chain({ form, reason }: ChainProps) {
	const { draft, change } = form;
	const names = useRouteNames();
	const chain = draft.fallbacks[reason];
	const { title, help } = fallbackWords[reason];
	const put = (next: readonly string[]) =>
		change({ fallbacks: { ...draft.fallbacks, [reason]: next } });
	const toggle = (name: string) =>
		put(chain.includes(name) ? chain.filter((other) => other !== name) : [...chain, name]);
	const others = names.routes.names.filter(({ name }) => name !== draft.name);
	return (
		<div className="flex flex-col gap-2 px-3 py-2.5">
			<div className="flex items-start justify-between gap-3">
				<div className="min-w-0">
					<h4 className="text-ink">{title}</h4>
					<p className="text-muted text-sm">{help}</p>
				</div>
				<NamePicker
					label={`Fallbacks ${title.toLowerCase()}`}
					groups={[{ ...names.routes, names: others }, names.targets, names.models]}
					chosen={chain}
					accepts={(typed) => typed.length <= 240 && !/[\s*]/.test(typed)}
					placeholder="Search routes, targets and models"
					onPick={toggle}
					trigger={
						<Button size="small" aria-label={`Add a fallback ${title.toLowerCase()}`}>
							<Plus aria-hidden="true" />
							Add
						</Button>
					}
				/>
			</div>
			{chain.length > 0 && (
				<SortableList
					label={`${title}, in order`}
					names={chain}
					onMove={(from, to) => put(moved(chain, from, to))}
					onRemove={(index) => put(chain.toSpliced(index, 1))}
				>
					{(index) => <span className="break-all font-mono text-ink text-sm">{chain[index]}</span>}
				</SortableList>
			)}
		</div>
	);
}
