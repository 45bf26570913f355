"use client";

import { Switch as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useId } from "react";

interface SwitchProps {
	readonly label: ReactNode;
	readonly isOn: boolean;
	readonly onChange: (isOn: boolean) => void;
	readonly help?: ReactNode;
	readonly disabled?: boolean;
	/** Keeps the label for screen readers only. */
	readonly isLabelHidden?: boolean;
}

/** Takes effect at once; for a choice that is saved with a form use `Checkbox`. */
export function Switch(props: SwitchProps) {
	const { label, isOn, onChange, help, disabled = false, isLabelHidden = false } = props;
	const id = useId();
	return (
		<div className="flex items-start gap-3">
			<Radix.Root
				id={id}
				checked={isOn}
				onCheckedChange={onChange}
				disabled={disabled}
				aria-describedby={help === undefined ? undefined : `${id}-help`}
				className="relative mt-0.5 h-5 w-9 shrink-0 rounded-full bg-line-strong transition-colors data-[state=checked]:bg-accent-fill disabled:opacity-50"
			>
				<Radix.Thumb className="block size-4 translate-x-0.5 rounded-full bg-white shadow transition-transform data-[state=checked]:translate-x-4.5" />
			</Radix.Root>
			<div className={isLabelHidden ? "sr-only" : undefined}>
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
