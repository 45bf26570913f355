"use client";

import { CircleHelp, Menu, Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { IconButton } from "../ui/icon-button.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { LiveIndicator } from "../ui/live-indicator.tsx";
import { TimeRangeControl } from "../ui/time-range.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { placeOf } from "./navigation.ts";
import { ThemeToggle } from "./theme-toggle.tsx";

interface TopBarProps {
	readonly onMenu: () => void;
	readonly onPalette: () => void;
	readonly onHelp: () => void;
}

export function TopBar({ onMenu, onPalette, onHelp }: TopBarProps) {
	const pathname = usePathname();
	const place = placeOf(pathname);
	const hasRange = place?.item.usesRange === true && place.isExact;
	return (
		<header className="border-line border-b bg-surface">
			<div className="flex h-12 items-center gap-1 px-2 sm:px-4">
				<IconButton
					className="lg:hidden"
					label="Open the navigation"
					icon={<Menu aria-hidden="true" />}
					onClick={onMenu}
				/>
				<Crumbs pathname={pathname} />
				{hasRange && (
					<div className="hidden md:block">
						<TimeRangeControl />
					</div>
				)}
				<LiveIndicator />
				<button
					type="button"
					onClick={onPalette}
					className="hidden h-8 items-center gap-2 rounded-md border border-line px-2.5 text-muted text-sm hover:bg-sunken lg:flex dark:hover:bg-raised"
				>
					<Search aria-hidden="true" className="size-4" />
					Search
					<Kbd>Ctrl K</Kbd>
				</button>
				<IconButton
					className="lg:hidden"
					label="Search"
					icon={<Search aria-hidden="true" />}
					onClick={onPalette}
				/>
				<IconButton
					className="hidden sm:inline-flex"
					label="Keyboard help"
					icon={<CircleHelp aria-hidden="true" />}
					onClick={onHelp}
				/>
				<ThemeToggle />
				<AccountMenu />
			</div>
			{hasRange && (
				<div className="flex justify-end px-2 pb-2 md:hidden">
					<TimeRangeControl />
				</div>
			)}
		</header>
	);
}

function Crumbs({ pathname }: { readonly pathname: string }) {
	const place = placeOf(pathname);
	if (place === undefined) return <div className="grow" />;
	return (
		<nav aria-label="Breadcrumb" className="min-w-0 grow px-1">
			<ol className="flex items-center gap-1.5 whitespace-nowrap text-muted">
				{place.group.label !== null && (
					<>
						<li className="hidden sm:block">{place.group.label}</li>
						<li aria-hidden="true" className="hidden text-faint sm:block">
							/
						</li>
					</>
				)}
				<li className="truncate">
					<Link
						href={place.item.href}
						aria-current={place.isExact ? "page" : undefined}
						className="rounded font-medium text-ink hover:underline"
					>
						{place.item.label}
					</Link>
				</li>
			</ol>
		</nav>
	);
}
