import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export interface EmptyStateProps {
	readonly icon?: LucideIcon;
	/** One sentence: what will be here. */
	readonly title: string;
	readonly hint?: ReactNode;
	/** The one button that makes it so. */
	readonly action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, hint, action }: EmptyStateProps) {
	return (
		<div className="flex flex-col items-center gap-3 px-6 py-10 text-center">
			{Icon !== undefined && (
				<Icon aria-hidden="true" className="size-7 text-faint" strokeWidth={1.5} />
			)}
			<div className="max-w-md">
				<p className="font-medium text-ink">{title}</p>
				{hint !== undefined && <p className="mt-1 text-muted">{hint}</p>}
			</div>
			{action}
		</div>
	);
}
