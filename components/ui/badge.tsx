import type { VariantProps } from "class-variance-authority";
import { cva } from "class-variance-authority";
import type { ComponentProps } from "react";
import { classNames } from "../../lib/format/class-names.ts";

const badgeStyle = cva(
	"inline-flex shrink-0 items-center gap-1 align-middle whitespace-nowrap rounded px-1.5 py-0.5 font-medium text-xs [&_svg]:size-3.5 [&_svg]:shrink-0",
	{
		variants: {
			tone: {
				neutral: "bg-sunken text-muted dark:bg-raised",
				accent: "bg-accent-soft text-accent-ink",
				ok: "bg-ok-soft text-ok-ink",
				caution: "bg-caution-soft text-caution-ink",
				alert: "bg-alert-soft text-alert-ink",
				danger: "bg-danger-soft text-danger-ink",
				note: "bg-note-soft text-note-ink",
				mask: "bg-mask-soft text-mask-ink",
				idle: "bg-idle-soft text-idle-ink",
			},
		},
		defaultVariants: { tone: "neutral" },
	},
);

export type BadgeTone = NonNullable<VariantProps<typeof badgeStyle>["tone"]>;

interface BadgeProps extends ComponentProps<"span"> {
	readonly tone?: BadgeTone;
}

/** Colour never speaks alone: say the state in words too. */
export function Badge({ tone = "neutral", className, ...rest }: BadgeProps) {
	return <span {...rest} className={classNames(badgeStyle({ tone }), className)} />;
}
