import { ArrowRight } from "lucide-react";
import type { GuardChange } from "./guard-changes.ts";

/** What changes from what to what, line by line. */
export function ChangeList({ changes }: { readonly changes: readonly GuardChange[] }) {
	return (
		<ul aria-label="Changes" className="divide-y divide-line rounded-md border border-line">
			{changes.map(({ label, before, after }) => (
				<li key={`${label}>${before}>${after}`} className="px-3.5 py-2.5">
					<p className="text-muted text-sm">{label}</p>
					<p className="flex flex-wrap items-center gap-2 break-words text-ink">
						{before !== null && (
							<del className="min-w-0 rounded bg-danger-soft px-1.5 text-danger-ink no-underline">
								<span className="sr-only">{after === null ? "without " : "from "}</span>
								{before}
							</del>
						)}
						{before !== null && after !== null && (
							<ArrowRight aria-hidden="true" className="size-4 shrink-0 text-faint" />
						)}
						{after !== null && (
							<ins className="min-w-0 rounded bg-ok-soft px-1.5 text-ok-ink no-underline">
								<span className="sr-only">{before === null ? "with " : "to "}</span>
								{after}
							</ins>
						)}
					</p>
				</li>
			))}
		</ul>
	);
}
