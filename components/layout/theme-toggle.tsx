"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { DropdownMenu, MenuItem } from "../ui/dropdown-menu.tsx";
import { IconButton } from "../ui/icon-button.tsx";

export const themes = [
	{ id: "light", label: "Light", icon: Sun },
	{ id: "dark", label: "Dark", icon: Moon },
	{ id: "system", label: "Like the system", icon: Monitor },
] as const;

export function ThemeToggle() {
	const { setTheme } = useTheme();
	return (
		<DropdownMenu
			trigger={
				<IconButton
					label="Theme"
					icon={
						<>
							<Sun aria-hidden="true" className="dark:hidden" />
							<Moon aria-hidden="true" className="hidden dark:block" />
						</>
					}
				/>
			}
		>
			{themes.map((theme) => (
				<MenuItem
					key={theme.id}
					icon={<theme.icon aria-hidden="true" />}
					onSelect={() => setTheme(theme.id)}
				>
					{theme.label}
				</MenuItem>
			))}
		</DropdownMenu>
	);
}
