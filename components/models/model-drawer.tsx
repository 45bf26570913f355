"use client";

import { useState } from "react";
import { useMay } from "../../lib/client/use-session.ts";
import type { ModelPrice, PricePlace, PriceScope, Traits } from "../../lib/contracts/prices.ts";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { Notice } from "../ui/notice.tsx";
import { ModelCallers } from "./model-callers.tsx";
import { ModelFacts } from "./model-facts.tsx";
import { PriceForm } from "./price-form.tsx";
import { PriceHistory } from "./price-history.tsx";
import { PriceLines } from "./price-lines.tsx";

/** A model as the drawer shows it, from either list. */
export interface ModelSubject {
	/** `provider/model` of an offered one. */
	readonly id?: string;
	readonly title: string;
	/** Whose price is shown and edited. */
	readonly place: PricePlace;
	readonly price: ModelPrice | null;
	readonly traits: Traits | null;
	readonly override: PriceScope | null;
}

interface ModelDrawerProps {
	readonly subject: ModelSubject;
	readonly onClose: () => void;
}

/** What a model costs, can do and whom it serves; and the place where its price is set. */
export function ModelDrawer({ subject, onClose }: ModelDrawerProps) {
	const mayWrite = useMay("registry:write");
	const mayHaveKeys = useMay("keys:own");
	// The price to begin with; undefined while nobody edits.
	const [editing, setEditing] = useState<{ readonly price: ModelPrice | null } | undefined>();
	const { title, place, price, traits, override } = subject;
	if (editing !== undefined) {
		return (
			<PriceForm
				subject={subject}
				initial={editing.price}
				onDone={() => setEditing(undefined)}
				onClose={onClose}
			/>
		);
	}
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title={<span className="break-all font-mono">{title}</span>}
			footer={
				<>
					<Button onClick={onClose}>Close</Button>
					{mayWrite && (
						<Button variant="primary" onClick={() => setEditing({ price })}>
							{price === null ? "Set a price" : "Change the price"}
						</Button>
					)}
				</>
			}
		>
			<div className="flex flex-col gap-6">
				{price === null ? (
					<Notice severity="medium">
						No source names a price. What its requests cost is recorded as unknown, and the settings
						may refuse them.
					</Notice>
				) : (
					<PriceLines price={price} />
				)}
				{override === "kind" && place.scope === "provider" && (
					<Notice severity="info">
						This price was set for every provider of its kind. One that is set here holds for this
						provider only.
					</Notice>
				)}
				<ModelFacts traits={traits} />
				{subject.id !== undefined && mayHaveKeys && <ModelCallers model={subject.id} />}
				<PriceHistory
					place={place}
					{...(mayWrite ? { onReuse: (past) => setEditing({ price: past }) } : {})}
				/>
			</div>
		</Drawer>
	);
}
