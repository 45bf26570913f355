"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useSession } from "../../lib/client/use-session.ts";
import { Panel } from "../ui/panel.tsx";
import { otherPages } from "./settings-schema.ts";

/** Settings that are looked for here and have pages of their own. */
export function OtherPages() {
	const { permissions } = useSession();
	const pages = otherPages.filter(({ needs }) => permissions.includes(needs));
	if (pages.length === 0) return null;
	return (
		<Panel className="max-w-5xl" title="On pages of their own" isPadded={false}>
			<ul className="grid gap-1 px-2 pb-2 sm:grid-cols-2 lg:grid-cols-4">
				{pages.map(({ href, label, holds }) => (
					<li key={href}>
						<Link
							href={href}
							className="block h-full rounded-md px-2 py-1.5 hover:bg-sunken dark:hover:bg-raised"
						>
							<span className="flex items-center gap-1 font-medium text-accent-ink">
								{label}
								<ChevronRight aria-hidden="true" className="size-4 shrink-0" />
							</span>
							<span className="block text-muted text-sm">{holds}</span>
						</Link>
					</li>
				))}
			</ul>
		</Panel>
	);
}
