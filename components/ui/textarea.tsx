import type { ComponentProps } from "react";
import { classNames } from "../../lib/format/class-names.ts";
import { inputStyle } from "./input.tsx";

interface TextareaProps extends ComponentProps<"textarea"> {
	/** Ctrl (or ⌘) and Enter; the button that does the same stays. */
	readonly onSend?: () => void;
}

export function Textarea({ className, onSend, onKeyDown, ...rest }: TextareaProps) {
	return (
		<textarea
			rows={4}
			{...rest}
			onKeyDown={(event) => {
				onKeyDown?.(event);
				if (onSend === undefined || event.key !== "Enter") return;
				if (!event.ctrlKey && !event.metaKey) return;
				event.preventDefault();
				onSend();
			}}
			className={classNames(inputStyle, "py-2", className)}
		/>
	);
}
