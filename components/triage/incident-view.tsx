"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import Link from "next/link";
import type { ReactNode, Ref } from "react";
import { assigneesQuery, exportIncidentAddress } from "../../lib/client/incidents.ts";
import type { IncidentDetail } from "../../lib/contracts/incidents.ts";
import type { ThreatEvent } from "../../lib/contracts/threats.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { categoryWords, effectOf, ruleParts } from "../../lib/format/threat-words.ts";
import { truncateMiddle } from "../../lib/format/truncate.ts";
import { Button } from "../ui/button.tsx";
import { EffectBadge } from "../ui/effect-badge.tsx";
import { Select } from "../ui/select.tsx";
import { SeverityBadge } from "../ui/severity-badge.tsx";
import { Time } from "../ui/time.tsx";
import {
	actorWords,
	describeEvents,
	familyWords,
	StateBadge,
	suspectWords,
} from "./incident-words.tsx";
import { NoteForm } from "./note-form.tsx";
import type { IncidentWork } from "./use-incident-work.ts";

interface IncidentViewProps {
	readonly incident: IncidentDetail;
	readonly work: IncidentWork;
	readonly buttons: ReactNode;
	readonly noteField: Ref<HTMLTextAreaElement>;
}

/** What happened, who it came from, what was done about it, and what to do next. */
export function IncidentView({ incident, work, buttons, noteField }: IncidentViewProps) {
	const { number, family, actor, severity } = incident;
	return (
		<div className="flex flex-col gap-5 px-4 pt-2 pb-4">
			<div>
				<div className="flex flex-wrap items-center gap-2">
					<SeverityBadge severity={severity} />
					<StateBadge incident={incident} />
					<span className="text-muted">#{number}</span>
				</div>
				<h2 className="mt-1.5 font-semibold text-ink text-lg">
					{familyWords[family]} by {actorWords[actor.kind]}{" "}
					<span className="break-all">{actor.label}</span>
				</h2>
				<p className="text-muted text-sm">
					{describeEvents(incident)}, <Span incident={incident} />
				</p>
			</div>
			{buttons}
			<div className="flex flex-wrap items-center gap-x-4 gap-y-2">
				<Assignee incident={incident} work={work} />
				{incident.resolution === "banned" && (
					<Link href="/bans" className="rounded text-accent-ink hover:underline">
						See or lift the ban
					</Link>
				)}
				<Button asChild size="small" variant="ghost" className="ml-auto">
					<a href={exportIncidentAddress(incident.id)} download>
						<Download aria-hidden="true" />
						Export
					</a>
				</Button>
			</div>
			<Suspects incident={incident} />
			<Section title="Rules">
				<ul className="flex flex-wrap gap-1.5">
					{incident.rules.map((text) => (
						<li key={text} className="rounded bg-sunken px-1.5 py-0.5 text-xs dark:bg-raised">
							<span className="font-mono">{ruleParts(text).rule}</span>{" "}
							<span className="text-muted">{ruleParts(text).guard}</span>
						</li>
					))}
				</ul>
			</Section>
			<Section title="Newest events">
				<ol className="rounded-md border border-line">
					{incident.newest.map((event) => (
						<EventLine key={event.id} event={event} />
					))}
				</ol>
			</Section>
			<Section title="History">
				<ol aria-label="History" className="mb-3 flex flex-col gap-2">
					{incident.notes.length === 0 && <li className="text-muted">Nothing was done yet.</li>}
					{incident.notes.map((note) => (
						<li key={note.id} className="border-line border-l-2 pl-3">
							<p className="whitespace-pre-wrap break-words text-ink">{note.text}</p>
							<p className="text-muted text-xs">
								{note.author.name ?? "somebody"}, <Time at={note.createdAt} />
							</p>
						</li>
					))}
				</ol>
				<NoteForm key={incident.id} id={incident.id} field={noteField} />
			</Section>
		</div>
	);
}

/** One moment is told once. */
function Span({ incident: { firstAt, lastAt } }: Pick<IncidentViewProps, "incident">) {
	if (firstAt === lastAt) {
		return (
			<>
				at <Time at={firstAt} isAbsolute />
			</>
		);
	}
	return (
		<>
			from <Time at={firstAt} isAbsolute /> to <Time at={lastAt} isAbsolute />
		</>
	);
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
	return (
		<section>
			<h3 className="mb-1.5 font-medium text-ink">{title}</h3>
			{children}
		</section>
	);
}

const nobody = "nobody";

function Assignee({ incident, work }: Pick<IncidentViewProps, "incident" | "work">) {
	const { data } = useQuery(assigneesQuery());
	const people = data?.items ?? [];
	const { assignee } = incident;
	// Somebody who may not work on incidents any more is still said.
	const gone =
		assignee !== null && !people.some(({ id }) => id === assignee.id)
			? [{ id: assignee.id, name: assignee.name ?? assignee.id }]
			: [];
	return (
		<div className="flex items-center gap-2">
			<span className="text-muted" aria-hidden="true">
				Assigned to
			</span>
			<Select
				aria-label="Assigned to"
				size="small"
				className="w-48"
				options={[
					{ value: nobody, label: "Nobody" },
					...[...people, ...gone].map(({ id, name }) => ({ value: id, label: name })),
				]}
				value={assignee?.id ?? nobody}
				onChange={(id) => work.mutate({ kind: "assignee", assigneeId: id === nobody ? null : id })}
			/>
		</div>
	);
}

const filterNames = {
	ip: "ip",
	key: "keyId",
	user: "endUser",
	session: "session",
	fingerprint: "fingerprint",
} as const;

function Suspects({ incident }: Pick<IncidentViewProps, "incident">) {
	const span = spanOf(incident);
	return (
		<Section title="Came from">
			<ul className="flex flex-col gap-1">
				{incident.suspects.map(({ kind, id, label, events }) => (
					<li key={`${kind} ${id}`} className="flex flex-wrap items-baseline gap-x-3">
						<span className="w-28 shrink-0 text-muted">{suspectWords[kind]}</span>
						<Link
							href={`/threats?${new URLSearchParams({ tab: "events", ...span, [filterNames[kind]]: kind === "key" ? id : label })}`}
							className="min-w-0 break-all rounded text-accent-ink hover:underline"
						>
							{truncateMiddle(label, 48)}
						</Link>
						<span className="text-muted text-sm">{formatQuantity(events, "event")}</span>
					</li>
				))}
			</ul>
		</Section>
	);
}

/** The range of the console that just holds the incident. */
function spanOf({ firstAt, lastAt }: IncidentDetail) {
	return {
		from: new Date(Date.parse(firstAt) - 60_000).toISOString(),
		to: new Date(Date.parse(lastAt) + 60_000).toISOString(),
	};
}

function EventLine({ event }: { readonly event: ThreatEvent }) {
	return (
		<li className="border-line border-b last:border-b-0">
			<Link
				href={`/requests/${encodeURIComponent(event.requestId)}`}
				className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-1.5 hover:bg-sunken dark:hover:bg-raised"
			>
				<span className="w-16 shrink-0 text-muted text-xs">
					<Time at={event.at} />
				</span>
				<span className="min-w-0 grow truncate">
					{categoryWords[event.category]}{" "}
					<span className="font-mono text-muted text-xs">{event.rule}</span>
				</span>
				<EffectBadge effect={effectOf(event)} />
				<span className="sr-only">Open the request</span>
			</Link>
		</li>
	);
}
