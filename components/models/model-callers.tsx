"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { modelCallersQuery } from "../../lib/client/models.ts";
import { useMay } from "../../lib/client/use-session.ts";
import type { ModelCaller } from "../../lib/contracts/models.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { DataGate } from "../ui/data-gate.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { DrawerSection } from "./drawer-section.tsx";

const shownMax = 50;

/** Which keys may use a model, and by which of their patterns. */
export function ModelCallers({ model }: { readonly model: string }) {
	const callers = useQuery(modelCallersQuery(model));
	const seesAll = useMay("keys:manage");
	return (
		<DrawerSection title={seesAll ? "Keys that may use it" : "Your keys that may use it"}>
			<DataGate query={callers} skeleton={<SkeletonRows rows={2} />}>
				{({ items }) => <CallerList callers={items} />}
			</DataGate>
		</DrawerSection>
	);
}

function CallerList({ callers }: { readonly callers: readonly ModelCaller[] }) {
	if (callers.length === 0) return <p className="text-muted">None.</p>;
	return (
		<>
			<ul className="divide-y divide-line rounded-md border border-line">
				{callers.slice(0, shownMax).map(({ id, name, team, pattern }) => (
					<li
						key={id}
						className="flex flex-wrap items-baseline justify-between gap-x-4 px-3 py-1.5"
					>
						<span className="min-w-0 break-words text-ink">
							<Link
								href={`/keys?search=${encodeURIComponent(name)}`}
								className="rounded text-accent-ink hover:underline"
							>
								{name}
							</Link>
							{team !== null && <span className="text-muted"> · {team}</span>}
						</span>
						<span className="text-muted text-sm">
							{pattern === null ? "every model" : <span className="font-mono">{pattern}</span>}
						</span>
					</li>
				))}
			</ul>
			{callers.length > shownMax && (
				<p className="text-muted text-sm">
					and {formatQuantity(callers.length - shownMax, "more key")}
				</p>
			)}
		</>
	);
}
