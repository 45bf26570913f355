"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import { teamsQuery } from "../../lib/client/users.ts";
import { createTeam } from "../../lib/contracts/users.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";

interface TeamFieldProps {
	readonly value: string | null;
	readonly error: string | undefined;
	readonly onChange: (teamId: string | null) => void;
}

const none = "none";

export function TeamField({ value, error, onChange }: TeamFieldProps) {
	const teams = useQuery(teamsQuery());
	const [isAdding, setIsAdding] = useState(false);
	const options = [
		{ value: none, label: "No team" },
		...(teams.data?.items ?? []).map((team) => ({ value: team.id, label: team.name })),
	];
	return (
		<div className="flex flex-col gap-2">
			<Field label="Team" error={error} help="Its requests are recorded under this team.">
				{(control) => (
					<div className="flex gap-2">
						<Select
							id={control.id}
							aria-describedby={control["aria-describedby"]}
							aria-invalid={control["aria-invalid"]}
							options={options}
							value={value ?? none}
							onChange={(next) => onChange(next === none ? null : next)}
							className="grow"
						/>
						{!isAdding && (
							<Button onClick={() => setIsAdding(true)}>
								<Plus aria-hidden="true" />
								New team
							</Button>
						)}
					</div>
				)}
			</Field>
			{isAdding && (
				<NewTeam
					onCancel={() => setIsAdding(false)}
					onCreated={(id) => {
						onChange(id);
						setIsAdding(false);
					}}
				/>
			)}
		</div>
	);
}

interface NewTeamProps {
	readonly onCreated: (id: string) => void;
	readonly onCancel: () => void;
}

/** Not a form: it lies inside the key's, and Enter must not send that one. */
function NewTeam({ onCreated, onCancel }: NewTeamProps) {
	const queries = useQueryClient();
	const [name, setName] = useState("");
	const create = useMutation({
		mutationFn: () => call(createTeam, { body: { name } }),
		onSuccess: async (team) => {
			await queries.invalidateQueries({ queryKey: teamsQuery().queryKey });
			onCreated(team.id);
		},
	});
	const isValid = createTeam.body.safeParse({ name }).success;
	return (
		<div className="flex flex-col gap-2 rounded-md border border-line bg-sunken p-3">
			<Field label="Name of the new team">
				{(control) => (
					<Input
						{...control}
						autoFocus
						maxLength={80}
						value={name}
						onChange={(event) => setName(event.target.value)}
						onKeyDown={(event) => {
							if (event.key !== "Enter") return;
							event.preventDefault();
							if (isValid) create.mutate();
						}}
					/>
				)}
			</Field>
			{create.error !== null && <ErrorNote error={create.error} />}
			<div className="flex justify-end gap-2">
				<Button size="small" onClick={onCancel}>
					Cancel
				</Button>
				<Button
					size="small"
					variant="primary"
					disabled={!isValid}
					isBusy={create.isPending}
					onClick={() => create.mutate()}
				>
					Create team
				</Button>
			</div>
		</div>
	);
}
