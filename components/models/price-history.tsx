"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import { priceHistoryQuery } from "../../lib/client/prices.ts";
import type { ModelPrice, PriceOverrideInfo, PricePlace } from "../../lib/contracts/prices.ts";
import { revertPrice } from "../../lib/contracts/prices.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import { DrawerSection } from "./drawer-section.tsx";
import { priceInShort } from "./price-words.ts";

interface PriceHistoryProps {
	readonly place: PricePlace;
	/** Absent for people who may not set prices. */
	readonly onReuse?: (price: ModelPrice) => void;
}

/** Every price that was set here, and the list's. */
export function PriceHistory({ place, onReuse }: PriceHistoryProps) {
	const history = useQuery(priceHistoryQuery(place));
	return (
		<DrawerSection title="Price history">
			<DataGate query={history} skeleton={<SkeletonRows rows={2} />}>
				{({ items, listed, sources }) => (
					<ol className="divide-y divide-line rounded-md border border-line">
						{items.map((item) => (
							<li key={item.id} className="flex flex-col gap-1 px-3 py-2">
								<Entry item={item} {...(onReuse === undefined ? {} : { onReuse })} />
							</li>
						))}
						<li className="flex flex-col gap-1 px-3 py-2">
							<p className="text-ink">
								List price: {listed === null ? "none is known" : inShort(listed)}
							</p>
							<Sources sources={sources} />
						</li>
					</ol>
				)}
			</DataGate>
		</DrawerSection>
	);
}

function Entry({
	item,
	onReuse,
}: {
	readonly item: PriceOverrideInfo;
	readonly onReuse?: (price: ModelPrice) => void;
}) {
	const isInForce = item.revokedAt === null;
	return (
		<>
			<div className="flex flex-wrap items-center gap-2">
				{isInForce && <Badge tone="ok">in force</Badge>}
				<span className="min-w-0 grow text-ink">{inShort(item.price)}</span>
				{onReuse !== undefined &&
					(isInForce ? (
						<RevertButton place={item} />
					) : (
						<ReuseButton price={item.price} onReuse={onReuse} />
					))}
			</div>
			{item.note !== "" && <p className="break-words text-muted">{item.note}</p>}
			<p className="break-words text-faint text-xs">
				{item.changedBy}, <Time at={item.createdAt} />
				{item.revokedAt !== null && (
					<>
						{" "}
						until <Time at={item.revokedAt} />
					</>
				)}
			</p>
		</>
	);
}

interface ReuseButtonProps {
	readonly price: ModelPrice | null;
	readonly onReuse: (price: ModelPrice) => void;
}

function ReuseButton({ price, onReuse }: ReuseButtonProps) {
	if (price === null) return undefined;
	return (
		<Button size="small" onClick={() => onReuse(price)}>
			Use again
		</Button>
	);
}

function RevertButton({ place: { scope, place, model } }: { readonly place: PricePlace }) {
	const queries = useQueryClient();
	const [isAsking, setIsAsking] = useState(false);
	const revert = useMutation({
		mutationFn: () => call(revertPrice, { body: { scope, place, model } }),
		onSuccess: () => {
			void queries.invalidateQueries({ queryKey: ["models"] });
			void queries.invalidateQueries({ queryKey: ["providers"] });
			notifyDone("Price reverted", `${model} costs what the list says, from the next request on.`);
		},
	});
	return (
		<>
			<Button size="small" onClick={() => setIsAsking(true)}>
				Back to the list price
			</Button>
			<ConfirmDialog
				isOpen={isAsking}
				onOpenChange={setIsAsking}
				title={`Go back to the list price of ${model}?`}
				consequence="Requests from now on are counted at the list price. What was recorded keeps its cost, and this price stays in the history."
				confirmLabel="Use the list price"
				isDangerous={false}
				onConfirm={() => revert.mutateAsync()}
			/>
		</>
	);
}

function Sources({ sources }: { readonly sources: readonly string[] }) {
	return (
		<ul className="flex flex-col gap-1 text-xs">
			{sources.map((source) => (
				<li key={source} className="break-all">
					{source.startsWith("https://") ? (
						<a
							href={source}
							target="_blank"
							rel="noreferrer"
							className="inline-block rounded py-1 text-accent-ink underline underline-offset-2"
						>
							{source}
						</a>
					) : (
						<span className="text-faint">{source}</span>
					)}
				</li>
			))}
		</ul>
	);
}

function inShort(price: ModelPrice | null): string {
	return price === null ? "a price that cannot be read" : priceInShort(price);
}
