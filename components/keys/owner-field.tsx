"use client";

import { useQuery } from "@tanstack/react-query";
import { useMay, useSession } from "../../lib/client/use-session.ts";
import { usersQuery } from "../../lib/client/users.ts";
import { Field } from "../ui/field.tsx";
import type { SelectOption } from "../ui/select.tsx";
import { Select } from "../ui/select.tsx";

interface Person {
	readonly id: string;
	readonly name: string;
}

interface OwnerFieldProps {
	readonly value: string | null;
	readonly known: readonly Person[];
	readonly error: string | undefined;
	readonly onChange: (ownerId: string | null) => void;
}

const nobody = "nobody";

export function OwnerField({ value, known, error, onChange }: OwnerFieldProps) {
	const { user } = useSession();
	const users = useQuery({ ...usersQuery(), enabled: useMay("users:manage") });
	const people = users.data?.items.filter((person) => !person.isDisabled) ?? [];
	const options: readonly SelectOption[] = [
		{ value: nobody, label: "Nobody", hint: "For a service that no person answers for" },
		...distinct([{ id: user.id, name: `${user.name} (you)` }, ...people, ...known]),
	];
	return (
		<Field label="Owner" error={error} help="The owner sees the key and its requests.">
			{(control) => (
				<Select
					id={control.id}
					aria-describedby={control["aria-describedby"]}
					aria-invalid={control["aria-invalid"]}
					options={options}
					value={value ?? nobody}
					onChange={(next) => onChange(next === nobody ? null : next)}
				/>
			)}
		</Field>
	);
}

function distinct(people: readonly Person[]): readonly SelectOption[] {
	const byId = new Map<string, SelectOption>();
	for (const { id, name } of people) {
		if (!byId.has(id)) byId.set(id, { value: id, label: name });
	}
	return [...byId.values()];
}
