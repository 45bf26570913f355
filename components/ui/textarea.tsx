import type { ComponentProps } from "react";
import { classNames } from "../../lib/format/class-names.ts";
import { inputStyle } from "./input.tsx";

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
	return <textarea rows={4} {...rest} className={classNames(inputStyle, "py-2", className)} />;
}
