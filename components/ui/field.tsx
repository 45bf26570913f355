"use client";

import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useId } from "react";

export interface FieldControl {
	readonly id: string;
	readonly "aria-describedby": string | undefined;
	readonly "aria-invalid": boolean | undefined;
	readonly "aria-required": boolean | undefined;
}

interface FieldProps {
	readonly label: ReactNode;
	readonly help?: ReactNode;
	/** What is wrong and what to do; undefined when nothing is. */
	readonly error?: string | undefined;
	readonly isRequired?: boolean;
	/** The control gets the ids that tie it to its label, help and error. */
	readonly children: (control: FieldControl) => ReactNode;
}

export function Field({ label, help, error, isRequired = false, children }: FieldProps) {
	const id = useId();
	const described = [help !== undefined && `${id}-help`, error !== undefined && `${id}-error`];
	const control: FieldControl = {
		id,
		"aria-describedby": described.filter(Boolean).join(" ") || undefined,
		"aria-invalid": error !== undefined || undefined,
		"aria-required": isRequired || undefined,
	};
	return (
		<div className="flex flex-col gap-1.5">
			<label htmlFor={id} className="font-medium text-ink">
				{label}
				{isRequired && <span className="ml-1 font-normal text-faint text-xs">required</span>}
			</label>
			{children(control)}
			{error !== undefined && (
				<p id={`${id}-error`} className="flex items-start gap-1.5 text-danger-ink text-sm">
					<CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
					{error}
				</p>
			)}
			{help !== undefined && (
				<p id={`${id}-help`} className="text-muted text-sm">
					{help}
				</p>
			)}
		</div>
	);
}
