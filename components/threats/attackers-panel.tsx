"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { attackersQuery } from "../../lib/client/threats.ts";
import type { Attacker } from "../../lib/contracts/threats.ts";
import { formatCount, formatQuantity } from "../../lib/format/numbers.ts";
import { attackerKindWords } from "../../lib/format/threat-words.ts";
import { truncateMiddle } from "../../lib/format/truncate.ts";
import type { ActorKind } from "../../proxy-core/contract/threat-settings.ts";
import { actorKinds } from "../../proxy-core/contract/threat-settings.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { SeverityBadge } from "../ui/severity-badge.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import type { ThreatsState } from "./threats-state.ts";
import { eventsHref, filtersOfAttacker } from "./threats-state.ts";

const options = actorKinds.map((value) => ({ value, label: attackerKindWords[value] }));

/** Who is behind the most and the worst, with the course of it. */
export function AttackersPanel({ state }: { readonly state: ThreatsState }) {
	const [kind, setKind] = useState<ActorKind>("ip");
	const query = useQuery(attackersQuery(state.question, kind));
	const { data } = query;
	return (
		<Panel
			title="Top attackers"
			description={describeRanking(kind, data?.total, data?.sampledEvents ?? null)}
			isPadded={false}
			actions={
				<Select
					aria-label="Attackers by"
					size="small"
					className="w-36"
					options={options}
					value={kind}
					onChange={setKind}
				/>
			}
		>
			<DataGate
				query={query}
				skeleton={<SkeletonRows rows={6} />}
				isEmpty={({ items }) => items.length === 0}
				empty={{
					title: `No event in this range has ${kind === "ip" ? "an address" : `a ${attackerKindWords[kind].toLowerCase()}`}.`,
				}}
			>
				{({ items }) => (
					<ol aria-label="Top attackers" className="border-line border-t">
						{items.map((attacker) => (
							<AttackerRow key={attacker.id} attacker={attacker} state={state} />
						))}
					</ol>
				)}
			</DataGate>
		</Panel>
	);
}

interface AttackerRowProps {
	readonly attacker: Attacker;
	readonly state: ThreatsState;
}

function AttackerRow({ attacker, state }: AttackerRowProps) {
	const { kind, id, label, worst, score, events, blocked, lastAt, sparkline } = attacker;
	return (
		<li className="flex items-center gap-3 border-line border-b px-4 py-2 last:border-b-0">
			<div className="min-w-0 grow">
				<Link
					href={eventsHref(state, filtersOfAttacker(kind, id))}
					className="block truncate rounded font-medium text-ink hover:underline"
					title={label}
				>
					{truncateMiddle(label, 36)}
				</Link>
				<p className="text-muted text-xs">
					{formatQuantity(events, "event")}, {formatCount(blocked)} blocked, <Time at={lastAt} />
				</p>
			</div>
			<Sparkline values={sparkline} />
			<span className="w-16 shrink-0 text-right">
				<span className="block font-medium">{formatCount(score)}</span>
				<span className="block text-faint text-xs">score</span>
			</span>
			<span className="w-20 shrink-0 text-right">
				<SeverityBadge severity={worst} />
			</span>
		</li>
	);
}

function describeRanking(
	kind: ActorKind,
	total: number | undefined,
	sampledEvents: number | null,
): string {
	if (total === undefined) return "Events weighted by their severity";
	const many = kind === "ip" ? "addresses" : undefined;
	const who = formatQuantity(total, attackerKindWords[kind].toLowerCase(), many);
	const sample =
		sampledEvents === null ? "" : `, of the newest ${formatCount(sampledEvents)} events`;
	return `${who}${sample}; the score weighs events by severity`;
}
