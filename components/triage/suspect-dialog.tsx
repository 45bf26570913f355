"use client";

import type { FormEvent } from "react";
import { useId, useState } from "react";
import type { IncidentAction, IncidentDetail, Suspect } from "../../lib/contracts/incidents.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { truncateMiddle } from "../../lib/format/truncate.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { familyWords, suspectWords } from "./incident-words.tsx";
import type { IncidentWork } from "./use-incident-work.ts";

interface SuspectDialogProps {
	readonly action: "ban" | "allow";
	readonly incident: IncidentDetail;
	readonly work: IncidentWork;
	readonly onClose: () => void;
}

const durations = [
	{ value: "15", label: "15 minutes" },
	{ value: "60", label: "1 hour" },
	{ value: "1440", label: "1 day" },
	{ value: "10080", label: "7 days" },
	{ value: "forever", label: "Until somebody lifts it" },
] as const;

const words = {
	ban: {
		title: "Ban somebody this came from?",
		says: "Their requests are refused on every node from now on. Bans can be lifted at any time on the Bans page.",
		verb: "Ban",
		reason: "Who reads the Bans page sees it; callers do not.",
	},
	allow: {
		title: "Allow somebody from now on?",
		says: "They are never scored, slowed down or banned again. Guards still look at each request. The allow-list is on the Bans page.",
		verb: "Allow",
		reason: "Kept in the incident’s history.",
	},
} as const;

/** Whom, how long and why; the incident is closed with it. */
export function SuspectDialog({ action, incident, work, onClose }: SuspectDialogProps) {
	const suspects = suspectsFor(action, incident.suspects);
	const [chosen, setChosen] = useState(keyOf(firstOf(suspects, incident)));
	const [duration, setDuration] = useState<(typeof durations)[number]["value"]>("1440");
	const [reason, setReason] = useState(
		`${familyWords[incident.family]}, incident #${incident.number}`,
	);
	const form = useId();
	const suspect = suspects.find((one) => keyOf(one) === chosen);
	const send = (event: FormEvent) => {
		event.preventDefault();
		if (suspect === undefined) return;
		const { kind, id } = suspect;
		const minutes = duration === "forever" ? null : Number(duration);
		const about = { suspect: { kind, id }, reason };
		const body: IncidentAction =
			action === "ban" ? { action, minutes, ...about } : { action, ...about };
		work.mutate({ kind: "act", body }, { onSuccess: onClose });
	};
	return (
		<Dialog
			isOpen
			onOpenChange={(isOpen) => !isOpen && onClose()}
			title={words[action].title}
			description={words[action].says}
			footer={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button
						type="submit"
						form={form}
						variant={action === "ban" ? "danger" : "primary"}
						isBusy={work.isPending}
						disabled={suspect === undefined || reason.trim() === ""}
					>
						{words[action].verb}
					</Button>
				</>
			}
		>
			<form id={form} onSubmit={send} className="flex flex-col gap-4">
				<Field
					label="Whom"
					help={suspects.length === 0 ? "Nobody whom this can be done to." : undefined}
				>
					{(control) => (
						<Select
							{...control}
							options={suspects.map(optionOf)}
							value={chosen}
							onChange={setChosen}
							placeholder="Nobody"
						/>
					)}
				</Field>
				{action === "ban" && (
					<Field label="For">
						{(control) => (
							<Select {...control} options={durations} value={duration} onChange={setDuration} />
						)}
					</Field>
				)}
				<Field label="Why" help={words[action].reason} isRequired>
					{(control) => (
						<Input
							{...control}
							maxLength={500}
							value={reason}
							onChange={(event) => setReason(event.target.value)}
						/>
					)}
				</Field>
				{work.error !== null && <ErrorNote error={work.error} />}
			</form>
		</Dialog>
	);
}

/** Only addresses and keys are on the allow-list. */
function suspectsFor(action: "ban" | "allow", suspects: readonly Suspect[]): readonly Suspect[] {
	if (action === "ban") return suspects;
	return suspects.filter(({ kind }) => kind === "ip" || kind === "key");
}

/** The incident's own actor; a key stands for everybody behind an application, so it is no first choice. */
function firstOf(suspects: readonly Suspect[], { actor }: IncidentDetail): Suspect | undefined {
	return (
		suspects.find(({ kind, id }) => kind === actor.kind && id === actor.id && kind !== "key") ??
		suspects.find(({ kind }) => kind !== "key") ??
		suspects[0]
	);
}

function keyOf(suspect: Suspect | undefined): string {
	return suspect === undefined ? "" : `${suspect.kind} ${suspect.id}`;
}

function optionOf(suspect: Suspect) {
	const { kind, label, events } = suspect;
	return {
		value: keyOf(suspect),
		label: `${suspectWords[kind]} ${truncateMiddle(label, 40)}`,
		hint: formatQuantity(events, "event"),
	};
}
