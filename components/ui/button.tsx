import type { VariantProps } from "class-variance-authority";
import { cva } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "../../lib/format/class-names.ts";

export const buttonStyle = cva(
	"inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md border font-medium transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
	{
		variants: {
			variant: {
				primary: "border-transparent bg-accent-fill text-white hover:brightness-110",
				secondary:
					"border-line bg-surface text-ink hover:bg-sunken dark:bg-raised dark:hover:bg-line",
				ghost: "border-transparent text-muted hover:bg-sunken hover:text-ink dark:hover:bg-raised",
				danger: "border-transparent bg-danger-fill text-white hover:brightness-110",
				"danger-quiet": "border-line text-danger-ink hover:bg-danger-soft",
			},
			size: {
				small: "h-7 px-2.5 text-xs",
				medium: "h-9 px-3.5 text-base",
				large: "h-11 px-5 text-base",
			},
		},
		defaultVariants: { variant: "secondary", size: "medium" },
	},
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonStyle> {
	/** Shows that the work goes on and takes no second click. */
	readonly isBusy?: boolean;
	/** Gives the look to the one child, such as a link. */
	readonly asChild?: boolean;
}

export function Button(props: ButtonProps) {
	const { variant, size, isBusy = false, asChild = false, className, children, ...rest } = props;
	const look = classNames(buttonStyle({ variant, size }), className);
	if (asChild) {
		return (
			<Slot.Root className={look} {...rest}>
				{children}
			</Slot.Root>
		);
	}
	return (
		<button
			type="button"
			{...rest}
			className={look}
			disabled={rest.disabled === true || isBusy}
			aria-busy={isBusy || undefined}
		>
			{isBusy && <LoaderCircle aria-hidden="true" className="animate-spin" />}
			{children}
		</button>
	);
}
