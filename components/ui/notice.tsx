import type { ReactNode } from "react";
import { classNames } from "../../lib/format/class-names.ts";
import type { Severity } from "./severity-badge.tsx";
import { severityLooks } from "./severity-badge.tsx";

interface NoticeProps {
	readonly severity: Severity;
	readonly children: ReactNode;
	/** A link or a button that leads on. */
	readonly action?: ReactNode;
	readonly className?: string;
}

const edges: Readonly<Record<Severity, string>> = {
	info: "border-l-info bg-info-soft text-info-ink",
	low: "border-l-low bg-low-soft text-low-ink",
	medium: "border-l-medium bg-medium-soft text-medium-ink",
	high: "border-l-high bg-high-soft text-high-ink",
	critical: "border-l-critical bg-critical-soft text-critical-ink",
};

/** One sentence that wants attention, inside the page. */
export function Notice({ severity, children, action, className }: NoticeProps) {
	const { word, icon: Icon } = severityLooks[severity];
	return (
		<div
			className={classNames(
				"flex items-start gap-3 rounded-md border-l-3 px-3.5 py-2.5",
				edges[severity],
				className,
			)}
		>
			<Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
			<span className="sr-only">{word}:</span>
			<div className="min-w-0 grow">{children}</div>
			{action}
		</div>
	);
}
