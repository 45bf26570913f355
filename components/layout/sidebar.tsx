"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useSession } from "../../lib/client/use-session.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { KillSwitchButton } from "./kill-switch-button.tsx";
import { Logo } from "./logo.tsx";
import { navigationFor } from "./navigation.ts";

/** The rail; on phones the same inside a drawer, where choosing a page closes it. */
export function Sidebar({ onChosen }: { readonly onChosen?: () => void }) {
	const pathname = usePathname();
	const { permissions } = useSession();
	return (
		<div className="flex h-full flex-col gap-1">
			<Link
				href="/overview"
				className="flex h-12 shrink-0 items-center gap-2.5 px-4"
				onClick={() => onChosen?.()}
			>
				<Logo className="size-6" />
				<span className="font-semibold text-ink text-lg tracking-tight">LLMProxy</span>
			</Link>
			<nav aria-label="Main" className="flex grow flex-col gap-5 overflow-y-auto px-2.5 py-3">
				{navigationFor(permissions).map((group) => (
					<div key={group.label ?? "top"}>
						{group.label !== null && (
							<p className="px-2.5 pb-1 font-medium text-faint text-xs">{group.label}</p>
						)}
						<ul className="flex flex-col gap-0.5">
							{group.items.map((item) => {
								const isHere = pathname === item.href || pathname.startsWith(`${item.href}/`);
								return (
									<li key={item.href}>
										<Link
											href={item.href}
											aria-current={isHere ? "page" : undefined}
											onClick={() => onChosen?.()}
											className={classNames(
												"flex h-8 items-center gap-2.5 rounded-md px-2.5 text-muted transition-colors hover:bg-sunken hover:text-ink dark:hover:bg-raised",
												isHere &&
													"bg-accent-soft font-medium text-accent-ink hover:bg-accent-soft hover:text-accent-ink dark:hover:bg-accent-soft",
											)}
										>
											<item.icon aria-hidden="true" className="size-4 shrink-0" />
											{item.label}
										</Link>
									</li>
								);
							})}
						</ul>
					</div>
				))}
			</nav>
			<div className="border-line border-t p-2.5">
				<KillSwitchButton />
			</div>
		</div>
	);
}
