"use client";

import { CircleUserRound, LogOut } from "lucide-react";
import { signOut } from "../../lib/client/sign-in.ts";
import { useSession } from "../../lib/client/use-session.ts";
import { DropdownMenu, MenuItem, MenuSeparator } from "../ui/dropdown-menu.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { notifyFailed } from "../ui/toaster.tsx";

export function AccountMenu() {
	const { user, version } = useSession();
	const leave = () => {
		signOut().catch((error: unknown) => notifyFailed("Not signed out", error));
	};
	return (
		<DropdownMenu
			trigger={<IconButton label="Account" icon={<CircleUserRound aria-hidden="true" />} />}
		>
			<div className="max-w-64 px-2.5 py-2">
				<p className="truncate font-medium text-ink">{user.name}</p>
				<p className="truncate text-muted text-sm">{user.email}</p>
				<p className="mt-1 text-faint text-xs">
					Role {user.role} · LLMProxy {version}
				</p>
			</div>
			<MenuSeparator />
			<MenuItem icon={<LogOut aria-hidden="true" />} onSelect={leave}>
				Sign out
			</MenuItem>
		</DropdownMenu>
	);
}
