"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { call } from "../../lib/client/call.ts";
import { threatQuery } from "../../lib/client/threats.ts";
import { useMay } from "../../lib/client/use-session.ts";
import type { ThreatDetail } from "../../lib/contracts/threats.ts";
import { markThreat } from "../../lib/contracts/threats.ts";
import { categoryWords, effectOf, layerWords, sourceWords } from "../../lib/format/threat-words.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { EffectBadge } from "../ui/effect-badge.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { MiddleTruncate } from "../ui/middle-truncate.tsx";
import { SeverityBadge } from "../ui/severity-badge.tsx";
import { Time } from "../ui/time.tsx";
import type { ThreatsState } from "./threats-state.ts";
import { eventsHref, filtersOfAttacker } from "./threats-state.ts";

interface EventDrawerProps {
	readonly id: string | undefined;
	readonly state: ThreatsState;
	readonly onClose: () => void;
	readonly onOpen: (id: string) => void;
}

/** One event: what matched, whose request it was, and where to go on. */
export function EventDrawer({ id, state, onClose, onOpen }: EventDrawerProps) {
	const query = useQuery({ ...threatQuery(id ?? ""), enabled: id !== undefined });
	const { data } = query;
	return (
		<Drawer
			isOpen={id !== undefined}
			onOpenChange={(isOpen) => !isOpen && onClose()}
			title={data === undefined ? "Threat event" : categoryWords[data.category]}
			footer={data !== undefined && <Footer event={data} />}
		>
			<DataGate query={query}>
				{(event) => (
					<div className="flex flex-col gap-5">
						<div className="flex flex-wrap items-center gap-2">
							<SeverityBadge severity={event.severity} />
							<EffectBadge effect={effectOf(event)} />
						</div>
						<Facts event={event} state={state} />
						<Others event={event} onOpen={onOpen} />
					</div>
				)}
			</DataGate>
		</Drawer>
	);
}

function Facts({ event, state }: { readonly event: ThreatDetail; readonly state: ThreatsState }) {
	const { key, team, person, endUser, session, fingerprint } = event;
	const only = (
		kind: "ip" | "key" | "user" | "session" | "fingerprint",
		id: string,
		text: string,
	) => (
		<Link
			href={eventsHref({ choice: state.choice, filters: {} }, filtersOfAttacker(kind, id))}
			className="break-all rounded text-accent-ink hover:underline"
			title="Events of this one"
		>
			{text}
		</Link>
	);
	const facts: readonly (readonly [string, ReactNode])[] = [
		["When", <Time key="at" at={event.at} isAbsolute />],
		["Layer", layerWords[event.layer]],
		[
			"Rule",
			<span key="rule" className="break-all font-mono">
				{event.guard}/{event.rule}
			</span>,
		],
		["Where", sourceWords[event.source]],
		["Score", event.score.toFixed(2)],
		["Address", only("ip", event.ip, event.ip)],
		["Key", key === null ? null : only("key", key.id, key.name ?? key.id)],
		["Team", team === null ? null : (team.name ?? team.id)],
		["Person", person === null ? null : (person.name ?? person.id)],
		["End user", endUser === null ? null : only("user", endUser, endUser)],
		["Session", session === null ? null : only("session", session, session)],
		[
			"TLS fingerprint",
			fingerprint === null ? null : only("fingerprint", fingerprint, fingerprint),
		],
		["Country", event.country],
		["Model", event.model],
		["Endpoint", event.endpoint],
		["Request", <MiddleTruncate key="request" text={event.requestId} max={36} />],
	];
	return (
		<dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-4 gap-y-1.5">
			{facts.map(([label, value]) => (
				<div key={label} className="col-span-2 grid grid-cols-subgrid">
					<dt className="text-muted">{label}</dt>
					<dd className="min-w-0 break-words text-ink">
						{value ?? <span className="text-faint">none</span>}
					</dd>
				</div>
			))}
		</dl>
	);
}

function Others({
	event,
	onOpen,
}: {
	readonly event: ThreatDetail;
	readonly onOpen: EventDrawerProps["onOpen"];
}) {
	if (event.others.length === 0) return null;
	return (
		<section>
			<h3 className="mb-2 font-medium text-ink">In the same request</h3>
			<ul className="flex flex-col gap-1.5">
				{event.others.map((other) => (
					<li key={other.id}>
						<button
							type="button"
							onClick={() => onOpen(other.id)}
							className="flex w-full flex-wrap items-center gap-2 rounded-md border border-line px-3 py-1.5 text-left hover:border-line-strong"
						>
							<SeverityBadge severity={other.severity} />
							<span className="min-w-0 grow truncate">
								{categoryWords[other.category]}{" "}
								<span className="font-mono text-muted text-xs">{other.rule}</span>
							</span>
							<EffectBadge effect={effectOf(other)} />
						</button>
					</li>
				))}
			</ul>
		</section>
	);
}

function Footer({ event }: { readonly event: ThreatDetail }) {
	const mayAct = useMay("threats:act");
	const queries = useQueryClient();
	const mark = useMutation({
		mutationFn: (isFalseAlarm: boolean) =>
			call(markThreat, { params: { id: event.id }, body: { isFalseAlarm } }),
		onSuccess: () => queries.invalidateQueries({ queryKey: ["threat", event.id] }),
	});
	return (
		<>
			{mark.error !== null && <ErrorNote error={mark.error} />}
			{mayAct && (
				<Button
					variant="ghost"
					isBusy={mark.isPending}
					onClick={() => mark.mutate(!event.isFalseAlarm)}
				>
					{event.isFalseAlarm ? "Take the false-alarm mark back" : "Mark as false alarm"}
				</Button>
			)}
			{event.incident !== null && (
				<Button asChild>
					<Link href={`/triage?incident=${event.incident.id}`}>
						Incident #{event.incident.number}
					</Link>
				</Button>
			)}
			<Button asChild variant="primary">
				<Link href={`/requests/${encodeURIComponent(event.requestId)}`}>Open the request</Link>
			</Button>
		</>
	);
}
