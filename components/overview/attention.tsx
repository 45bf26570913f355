import { ArrowRight, CircleCheck } from "lucide-react";
import Link from "next/link";
import type { Overview } from "../../lib/contracts/overview.ts";
import { SeverityBadge } from "../ui/severity-badge.tsx";

type Warning = Overview["warnings"][number];

const rank = { critical: 0, high: 1, medium: 2, low: 3, info: 4 } as const;

/** What wants a person now, worst first. Calm when nothing does. */
export function Attention({ warnings }: { readonly warnings: readonly Warning[] }) {
	if (warnings.length === 0) {
		return (
			<p className="flex items-center gap-2 text-muted">
				<CircleCheck aria-hidden="true" className="size-4 shrink-0 text-ok" />
				Nothing needs attention.
			</p>
		);
	}
	const sorted = warnings.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
	return (
		<section aria-label="Needs attention" className="rounded-lg border border-line bg-surface">
			<ul>
				{sorted.map((warning) => (
					<li key={warning.id} className="border-line border-b last:border-b-0">
						<WarningLine warning={warning} />
					</li>
				))}
			</ul>
		</section>
	);
}

function WarningLine({ warning }: { readonly warning: Warning }) {
	const { severity, message, href } = warning;
	const look = "flex items-start gap-3 px-4 py-2";
	const body = (
		<>
			<span className="flex w-20 shrink-0">
				<SeverityBadge severity={severity} />
			</span>
			<span className="min-w-0 grow text-ink">{message}</span>
		</>
	);
	if (href === null) return <div className={look}>{body}</div>;
	return (
		<Link
			href={href}
			className={`${look} group hover:bg-sunken focus-visible:-outline-offset-2 dark:hover:bg-raised`}
		>
			{body}
			<ArrowRight
				aria-hidden="true"
				className="mt-0.5 size-4 shrink-0 text-faint group-hover:text-ink"
			/>
		</Link>
	);
}
