import type { ReactNode } from "react";

interface PageHeaderProps {
	readonly title: ReactNode;
	/** One sentence: what this page answers. */
	readonly description?: ReactNode;
	/** Buttons, the main one last. */
	readonly actions?: ReactNode;
}

export function PageHeader({ title, description, actions }: PageHeaderProps) {
	return (
		<header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
			<div className="min-w-0">
				<h1 className="font-semibold text-ink text-xl">{title}</h1>
				{description !== undefined && <p className="mt-0.5 max-w-2xl text-muted">{description}</p>}
			</div>
			{actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
		</header>
	);
}
