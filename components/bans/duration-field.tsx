import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import type { Duration } from "./ban-words.ts";
import { durations } from "./ban-words.ts";

interface DurationFieldProps {
	readonly label: string;
	readonly value: Duration;
	readonly onChange: (value: Duration) => void;
}

export function DurationField({ label, value, onChange }: DurationFieldProps) {
	return (
		<Field label={label}>
			{(control) => <Select {...control} options={durations} value={value} onChange={onChange} />}
		</Field>
	);
}
