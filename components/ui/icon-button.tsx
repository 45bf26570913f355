import type { ReactNode } from "react";
import { classNames } from "../../lib/format/class-names.ts";
import type { ButtonProps } from "./button.tsx";
import { Button } from "./button.tsx";
import { Tooltip } from "./tooltip.tsx";

interface IconButtonProps extends Omit<ButtonProps, "children" | "aria-label"> {
	/** Read by screen readers and shown as the tooltip. */
	readonly label: string;
	readonly icon: ReactNode;
	readonly tooltip?: ReactNode;
}

export function IconButton(props: IconButtonProps) {
	const { label, icon, tooltip = label, variant = "ghost", size, className, ...rest } = props;
	const square = size === "small" ? "w-7 px-0" : "w-9 px-0";
	return (
		<Tooltip content={tooltip}>
			<Button
				{...rest}
				aria-label={label}
				variant={variant}
				size={size}
				className={classNames(square, className)}
			>
				{icon}
			</Button>
		</Tooltip>
	);
}
