"use client";

import { Ellipsis, ListTree, Pencil, Trash2, Waypoints } from "lucide-react";
import Link from "next/link";
import { useMay } from "../../lib/client/use-session.ts";
import type { Route } from "../../lib/contracts/routes.ts";
import { Button } from "../ui/button.tsx";
import { DropdownMenu, MenuItem, MenuSeparator } from "../ui/dropdown-menu.tsx";
import { IconButton } from "../ui/icon-button.tsx";

interface RouteActionsProps {
	readonly route: Route;
	readonly onOpen: () => void;
	readonly onTry: () => void;
	readonly onRemove: () => void;
}

export function RouteActions({ route, onOpen, onTry, onRemove }: RouteActionsProps) {
	const mayWrite = useMay("registry:write");
	const mayDelete = useMay("registry:delete");
	const mayReadLog = useMay("logs:read");
	return (
		<div className="flex shrink-0 items-center justify-end gap-1">
			<Button size="small" aria-label={`Try ${route.name}`} onClick={onTry}>
				<Waypoints aria-hidden="true" />
				Try
			</Button>
			<DropdownMenu
				trigger={
					<IconButton
						size="small"
						label={`Actions for ${route.name}`}
						icon={<Ellipsis aria-hidden="true" />}
					/>
				}
			>
				<MenuItem icon={<Pencil aria-hidden="true" />} onSelect={onOpen}>
					{mayWrite ? "Edit" : "Show settings"}
				</MenuItem>
				{mayReadLog && !route.name.includes("*") && (
					<MenuItem asChild>
						<Link href={`/requests?model=${encodeURIComponent(route.name)}`}>
							<ListTree aria-hidden="true" />
							Show its requests
						</Link>
					</MenuItem>
				)}
				{mayDelete && (
					<>
						<MenuSeparator />
						<MenuItem icon={<Trash2 aria-hidden="true" />} tone="danger" onSelect={onRemove}>
							Remove
						</MenuItem>
					</>
				)}
			</DropdownMenu>
		</div>
	);
}
