"use client";

import { useState } from "react";
import { formatAbsolute } from "../../lib/format/time.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { dayOf, endOfDay, expiryDays, inDays } from "./key-draft.ts";

interface ExpiryFieldProps {
	readonly value: string | null;
	readonly error: string | undefined;
	readonly onChange: (expiresAt: string | null) => void;
}

const presets = [
	{ value: "never", label: "Never" },
	...expiryDays.map((days) => ({
		value: String(days),
		label: days === 365 ? "In a year" : `In ${days} days`,
	})),
	{ value: "day", label: "On a day of your choice" },
];

export function ExpiryField({ value, error, onChange }: ExpiryFieldProps) {
	const [preset, setPreset] = useState(value === null ? "never" : "day");
	const choose = (next: string) => {
		setPreset(next);
		if (next === "never") onChange(null);
		else if (next === "day") onChange(value ?? inDays(30, new Date()));
		else onChange(inDays(Number(next), new Date()));
	};
	return (
		<Field
			label="Expires"
			error={error}
			help={
				value === null
					? "The key works until it is revoked."
					: `The key stops working on ${formatAbsolute(new Date(value))}.`
			}
		>
			{(control) => (
				<div className="flex flex-wrap gap-2">
					<Select
						id={control.id}
						aria-describedby={control["aria-describedby"]}
						aria-invalid={control["aria-invalid"]}
						options={presets}
						value={preset}
						onChange={choose}
						className="min-w-48 flex-1"
					/>
					{preset === "day" && (
						<Input
							type="date"
							aria-label="Last day"
							className="min-w-40 flex-1"
							value={value === null ? "" : dayOf(value)}
							onChange={(event) => {
								const end = endOfDay(event.target.value);
								if (end !== null) onChange(end);
							}}
						/>
					)}
				</div>
			)}
		</Field>
	);
}
