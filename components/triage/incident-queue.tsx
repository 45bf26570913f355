"use client";

import { useEffect, useRef } from "react";
import type { Incident } from "../../lib/contracts/incidents.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { ruleParts } from "../../lib/format/threat-words.ts";
import { truncateMiddle } from "../../lib/format/truncate.ts";
import { Button } from "../ui/button.tsx";
import { SeverityBadge } from "../ui/severity-badge.tsx";
import { Time } from "../ui/time.tsx";
import { actorWords, describeEvents, familyWords, StateBadge } from "./incident-words.tsx";

interface IncidentQueueProps {
	readonly incidents: readonly Incident[];
	readonly open: string | undefined;
	readonly onOpen: (id: string) => void;
	readonly paging: {
		readonly hasMore: boolean;
		readonly isLoading: boolean;
		readonly loadMore: () => void;
	};
}

/** The worst first, and of those the newest. */
export function IncidentQueue({ incidents, open, onOpen, paging }: IncidentQueueProps) {
	return (
		<>
			<ul aria-label="Incidents" className="border-line border-t">
				{incidents.map((incident) => (
					<QueueItem
						key={incident.id}
						incident={incident}
						isOpen={incident.id === open}
						onOpen={onOpen}
					/>
				))}
			</ul>
			<div className="flex min-h-10 items-center justify-between gap-4 px-4 py-1.5 text-muted text-sm">
				<span>
					{formatQuantity(incidents.length, "incident")}
					{paging.hasMore ? " loaded, there are more" : ""}
				</span>
				{paging.hasMore && (
					<Button size="small" isBusy={paging.isLoading} onClick={paging.loadMore}>
						Load more
					</Button>
				)}
			</div>
		</>
	);
}

interface QueueItemProps {
	readonly incident: Incident;
	readonly isOpen: boolean;
	readonly onOpen: (id: string) => void;
}

function QueueItem({ incident, isOpen, onOpen }: QueueItemProps) {
	const { id, number, actor, family, severity, lastAt, assignee, rules } = incident;
	const button = useRef<HTMLButtonElement>(null);
	useEffect(() => {
		// Where the keyboard is stays in view; who is writing keeps the focus.
		if (!isOpen || button.current === null) return;
		button.current.scrollIntoView({ block: "nearest" });
		const { activeElement } = document;
		const isInQueue = activeElement?.closest('[aria-label="Incidents"]') != null;
		if (isInQueue || activeElement === document.body) button.current.focus({ preventScroll: true });
	}, [isOpen]);
	return (
		<li className="border-line border-b">
			<button
				ref={button}
				type="button"
				aria-current={isOpen ? "true" : undefined}
				onClick={() => onOpen(id)}
				className={classNames(
					"flex w-full flex-col gap-1 border-l-3 px-4 py-2.5 text-left -outline-offset-2",
					isOpen
						? "border-l-accent bg-accent-soft"
						: "border-l-transparent hover:bg-sunken dark:hover:bg-raised",
				)}
			>
				<span className="flex w-full flex-wrap items-center gap-2">
					<SeverityBadge severity={severity} />
					<span className="min-w-0 grow truncate font-medium text-ink">{familyWords[family]}</span>
					<StateBadge incident={incident} />
				</span>
				<span className="w-full truncate text-ink text-sm">
					<span className="text-muted">#{number}</span> {actorWords[actor.kind]}{" "}
					<span className="font-medium">{truncateMiddle(actor.label, 40)}</span>
				</span>
				<span className="flex w-full flex-wrap gap-x-3 text-muted text-xs">
					<span>{describeEvents(incident)}</span>
					<span className="min-w-0 truncate font-mono">
						{rules
							.slice(0, 2)
							.map((rule) => ruleParts(rule).rule)
							.join(", ")}
						{rules.length > 2 && ` +${rules.length - 2}`}
					</span>
					<span className="ml-auto flex gap-2">
						{assignee !== null && <span>{assignee.name ?? "somebody"}</span>}
						<Time at={lastAt} />
					</span>
				</span>
			</button>
		</li>
	);
}
