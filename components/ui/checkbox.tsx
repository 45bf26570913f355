"use client";

import { Check } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useId } from "react";

interface CheckboxProps {
	readonly label: ReactNode;
	readonly isChecked: boolean;
	readonly onChange: (isChecked: boolean) => void;
	readonly help?: ReactNode;
	readonly disabled?: boolean;
}

export function Checkbox({ label, isChecked, onChange, help, disabled = false }: CheckboxProps) {
	const id = useId();
	return (
		<div className="flex items-start gap-2.5">
			<Radix.Root
				id={id}
				checked={isChecked}
				onCheckedChange={(next) => onChange(next === true)}
				disabled={disabled}
				aria-describedby={help === undefined ? undefined : `${id}-help`}
				className="mt-0.5 flex size-4.5 shrink-0 items-center justify-center rounded border border-line-strong bg-surface data-[state=checked]:border-accent-fill data-[state=checked]:bg-accent-fill disabled:opacity-50 dark:bg-sunken"
			>
				<Radix.Indicator>
					<Check aria-hidden="true" className="size-3.5 text-white" strokeWidth={3} />
				</Radix.Indicator>
			</Radix.Root>
			<div>
				<label htmlFor={id} className="text-ink">
					{label}
				</label>
				{help !== undefined && (
					<p id={`${id}-help`} className="text-muted text-sm">
						{help}
					</p>
				)}
			</div>
		</div>
	);
}
