"use client";

import { RadioGroup } from "radix-ui";
import { useId } from "react";
import type { Role } from "../../lib/contracts/permissions.ts";
import { roles } from "../../lib/contracts/permissions.ts";
import { roleWords } from "./role-words.ts";

interface RoleChoiceProps {
	readonly value: Role;
	readonly onChange: (role: Role) => void;
}

/** One role, each explained where it is chosen. */
export function RoleChoice({ value, onChange }: RoleChoiceProps) {
	const id = useId();
	return (
		<RadioGroup.Root
			aria-label="Role"
			value={value}
			onValueChange={(next) => {
				const role = roles.find((one) => one === next);
				if (role !== undefined) onChange(role);
			}}
			className="flex flex-col gap-2"
		>
			{roles.map((role) => (
				<div key={role} className="flex items-start gap-2.5">
					<RadioGroup.Item
						id={`${id}-${role}`}
						value={role}
						aria-describedby={`${id}-${role}-help`}
						className="mt-0.5 flex size-4.5 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface data-[state=checked]:border-accent-fill dark:bg-sunken"
					>
						<RadioGroup.Indicator className="size-2.5 rounded-full bg-accent-fill" />
					</RadioGroup.Item>
					<div>
						<label htmlFor={`${id}-${role}`} className="font-medium text-ink">
							{roleWords[role].label}
						</label>
						<p id={`${id}-${role}-help`} className="text-muted text-sm">
							{roleWords[role].says}
						</p>
					</div>
				</div>
			))}
		</RadioGroup.Root>
	);
}
