import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import { classNames } from "../../lib/format/class-names.ts";

interface PanelProps extends Omit<ComponentProps<"section">, "title"> {
	readonly title?: ReactNode;
	readonly description?: ReactNode;
	/** Buttons or links at the end of the head. */
	readonly actions?: ReactNode;
	/** False lets tables and lists reach the edges. */
	readonly isPadded?: boolean;
}

export function Panel(props: PanelProps) {
	const { title, description, actions, isPadded = true, className, children, ...rest } = props;
	const id = useId();
	return (
		<section
			{...rest}
			aria-labelledby={title === undefined ? undefined : id}
			className={classNames("min-w-0 rounded-lg border border-line bg-surface", className)}
		>
			{title !== undefined && (
				<header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-3.5 pb-1">
					<div className="min-w-0">
						<h2 id={id} className="font-semibold text-ink">
							{title}
						</h2>
						{description !== undefined && <p className="text-muted text-sm">{description}</p>}
					</div>
					{actions !== undefined && <div className="flex items-center gap-2">{actions}</div>}
				</header>
			)}
			<div className={isPadded ? "px-4 pt-2.5 pb-4" : "pt-2"}>{children}</div>
		</section>
	);
}
