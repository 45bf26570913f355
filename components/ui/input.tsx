import type { ComponentProps } from "react";
import { classNames } from "../../lib/format/class-names.ts";

export const inputStyle =
	"w-full rounded-md border border-line-strong bg-surface px-3 text-ink placeholder:text-faint disabled:opacity-60 aria-invalid:border-danger dark:bg-sunken";

interface InputProps extends ComponentProps<"input"> {
	/** Shown at the end of the field, such as `ms`. */
	readonly unit?: string | undefined;
}

export function Input({ unit, className, ...rest }: InputProps) {
	const look = classNames(inputStyle, "h-9", className);
	if (unit === undefined) return <input {...rest} className={look} />;
	return (
		<div className="relative">
			<input
				{...rest}
				className={look}
				style={{ paddingRight: `calc(${unit.length}ch + 1.25rem)` }}
			/>
			<span
				aria-hidden="true"
				className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-faint"
			>
				{unit}
			</span>
		</div>
	);
}
