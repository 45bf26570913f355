import Link from "next/link";
import { formatCount } from "../../lib/format/numbers.ts";
import { threatsHref } from "./guard-words.ts";

export function CountCell({ count }: { readonly count: number }) {
	return count === 0 ? <span className="text-faint">0</span> : formatCount(count);
}

interface FoundCellProps {
	readonly guard: string;
	readonly rule?: string;
	/** The title of the guard or rule, for screen readers. */
	readonly of: string;
	readonly count: number;
}

/** Leads to the events behind the number. */
export function FoundCell({ guard, rule, of, count }: FoundCellProps) {
	if (count === 0) return <CountCell count={0} />;
	return (
		<Link
			href={threatsHref(guard, rule)}
			aria-label={`${formatCount(count)} found by ${of}: show them`}
			className="text-accent-ink hover:underline"
		>
			{formatCount(count)}
		</Link>
	);
}
