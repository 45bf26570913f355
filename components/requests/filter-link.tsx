import Link from "next/link";
import type { FilterName } from "./request-filters.ts";

interface FilterLinkProps {
	readonly name: FilterName;
	readonly value: string;
	/** The value itself when left out. */
	readonly text?: string;
}

/** Leads to the requests that share this value. */
export function FilterLink({ name, value, text = value }: FilterLinkProps) {
	return (
		<Link
			href={`/requests?${new URLSearchParams({ [name]: value }).toString()}`}
			className="break-all rounded text-accent-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
		>
			{text}
		</Link>
	);
}
