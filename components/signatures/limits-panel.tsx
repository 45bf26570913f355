"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Users } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import { settingsQuery } from "../../lib/client/settings.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { teamsQuery } from "../../lib/client/users.ts";
import type { Team } from "../../lib/contracts/users.ts";
import { updateTeam } from "../../lib/contracts/users.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Panel } from "../ui/panel.tsx";
import { notifyDone } from "../ui/toaster.tsx";

/** How large requests may be, for everybody and for teams. */
export function LimitsPanel() {
	const teams = useQuery(teamsQuery());
	const settings = useQuery(settingsQuery());
	const mayWrite = useMay("guards:write");
	const [editing, setEditing] = useState<Team | undefined>();
	const limits = settings.data?.value.limits;
	const shown = (own: number | null, common: number | undefined, unit: string) =>
		own === null
			? `${common === undefined ? "" : limitText(common, unit)} (settings)`
			: limitText(own, unit);
	return (
		<Panel
			title="Size of requests"
			description="Too long a conversation or too much text is refused as too large and never counted as an attack. Limits for everybody are in the settings."
			isPadded={false}
		>
			<DataGate
				query={teams}
				isEmpty={({ items }) => items.length === 0}
				empty={{
					icon: Users,
					title: "Teams with limits of their own will be here.",
					hint: "There is no team yet; the limits for everybody hold.",
					action: (
						<Button asChild>
							<Link href="/settings">Limits for everybody</Link>
						</Button>
					),
				}}
			>
				{({ items }) => (
					<DataTable
						id="team-limits"
						label="Teams"
						columns={[
							{
								id: "team",
								header: "Team",
								isPrimary: true,
								sortBy: ({ name }: Team) => name,
								cell: ({ name }: Team) => name,
							},
							{
								id: "textBytesMax",
								header: "Most text",
								align: "right",
								sortBy: ({ textBytesMax }: Team) => textBytesMax,
								cell: ({ textBytesMax }: Team) =>
									shown(textBytesMax, limits?.textBytesMax, "bytes"),
							},
							{
								id: "messagesMax",
								header: "Most messages",
								align: "right",
								sortBy: ({ messagesMax }: Team) => messagesMax,
								cell: ({ messagesMax }: Team) =>
									shown(messagesMax, limits?.messagesMax, "messages"),
							},
						]}
						rows={items}
						rowKey={({ id }) => id}
						{...(mayWrite ? { onOpen: setEditing } : {})}
					/>
				)}
			</DataGate>
			{editing !== undefined && (
				<TeamLimitsDialog team={editing} onClose={() => setEditing(undefined)} />
			)}
		</Panel>
	);
}

function limitText(limit: number, unit: string): string {
	return limit === 0 ? "no limit" : `${formatCount(limit)} ${unit}`;
}

function TeamLimitsDialog({
	team,
	onClose,
}: {
	readonly team: Team;
	readonly onClose: () => void;
}) {
	const queries = useQueryClient();
	const [text, setText] = useState(String(team.textBytesMax ?? ""));
	const [messages, setMessages] = useState(String(team.messagesMax ?? ""));
	const save = useMutation({
		mutationFn: () =>
			call(updateTeam, {
				params: { id: team.id },
				body: { textBytesMax: toLimit(text), messagesMax: toLimit(messages) },
			}),
		onSuccess: async () => {
			await queries.invalidateQueries({ queryKey: teamsQuery().queryKey });
			notifyDone("Limits changed");
			onClose();
		},
	});
	const fields = [
		{ label: "Most text in a request", unit: "bytes", value: text, set: setText },
		{
			label: "Most messages in a conversation",
			unit: "messages",
			value: messages,
			set: setMessages,
		},
	];
	return (
		<Dialog
			isOpen
			onOpenChange={onClose}
			title={`Limits of ${team.name}`}
			footer={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button variant="primary" isBusy={save.isPending} onClick={() => save.mutate()}>
						Save limits
					</Button>
				</>
			}
		>
			<div className="flex flex-col gap-4">
				{fields.map(({ label, unit, value, set }) => (
					<Field key={unit} label={label} help="Empty: as in the settings. 0: no limit.">
						{(control) => (
							<Input
								{...control}
								type="number"
								min={0}
								unit={unit}
								value={value}
								onChange={(event) => set(event.target.value)}
							/>
						)}
					</Field>
				))}
				{save.error !== null && <ErrorNote error={save.error} />}
			</div>
		</Dialog>
	);
}

function toLimit(text: string): number | null {
	return text.trim() === "" ? null : Number(text);
}
