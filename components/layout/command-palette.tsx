"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import type { LucideIcon } from "lucide-react";
import { ArrowRight, ListChecks, OctagonX, Play, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { Dialog as Radix } from "radix-ui";
import { useState } from "react";
import { killSwitchQuery } from "../../lib/client/kill-switch.ts";
import { useSession } from "../../lib/client/use-session.ts";
import { KillSwitchDialog } from "./kill-switch-dialog.tsx";
import { navigationFor } from "./navigation.ts";
import { themes } from "./theme-toggle.tsx";

interface CommandPaletteProps {
	readonly isOpen: boolean;
	readonly onOpenChange: (isOpen: boolean) => void;
}

export function CommandPalette({ isOpen, onOpenChange }: CommandPaletteProps) {
	const [isSwitching, setIsSwitching] = useState(false);
	const isEngaged = useQuery(killSwitchQuery()).data?.engaged === true;
	return (
		<>
			<Radix.Root open={isOpen} onOpenChange={onOpenChange}>
				<Radix.Portal>
					<Radix.Overlay className="fixed inset-0 z-40 bg-shade" />
					<Radix.Content
						aria-describedby={undefined}
						className="appear fixed inset-x-3 top-[12vh] z-50 mx-auto max-w-xl overflow-hidden rounded-xl border border-line bg-raised shadow-raised"
					>
						<Radix.Title className="sr-only">Search pages and commands</Radix.Title>
						<Commands
							isEngaged={isEngaged}
							onDone={() => onOpenChange(false)}
							onKillSwitch={() => setIsSwitching(true)}
						/>
					</Radix.Content>
				</Radix.Portal>
			</Radix.Root>
			<KillSwitchDialog isOpen={isSwitching} onOpenChange={setIsSwitching} isEngaged={isEngaged} />
		</>
	);
}

interface CommandsProps {
	readonly isEngaged: boolean;
	readonly onDone: () => void;
	readonly onKillSwitch: () => void;
}

function Commands({ isEngaged, onDone, onKillSwitch }: CommandsProps) {
	const router = useRouter();
	const { setTheme } = useTheme();
	const { permissions } = useSession();
	const [text, setText] = useState("");
	const run = (action: () => void) => () => {
		onDone();
		action();
	};
	const requestId = requestIdIn(text);
	return (
		<Command label="Pages and commands" loop className="relative">
			<div className="flex items-center gap-2.5 border-line border-b px-4">
				<Search aria-hidden="true" className="size-4 shrink-0 text-faint" />
				<Command.Input
					value={text}
					onValueChange={setText}
					placeholder="A page, a command, or a request id"
					className="h-12 grow bg-transparent text-ink outline-none placeholder:text-faint"
				/>
			</div>
			<Command.List className="max-h-[60vh] scroll-pb-10 overflow-y-auto p-1.5 pb-8">
				<Command.Empty className="px-3 py-6 text-center text-muted">
					Nothing is called that. Try a page’s name or paste a request id.
				</Command.Empty>
				{requestId !== undefined && permissions.includes("logs:read") && (
					<Command.Group heading="Requests" forceMount className={groupStyle}>
						<Entry
							icon={ArrowRight}
							label={`Open request ${requestId}`}
							value={text}
							onSelect={run(() => router.push(`/requests/${encodeURIComponent(requestId)}`))}
						/>
					</Command.Group>
				)}
				{navigationFor(permissions).map((group) => (
					<Command.Group
						key={group.label ?? "top"}
						heading={group.label ?? "Pages"}
						className={groupStyle}
					>
						{group.items.map((item) => (
							<Entry
								key={item.href}
								icon={item.icon}
								label={item.label}
								keywords={item.alsoCalled}
								onSelect={run(() => router.push(item.href))}
							/>
						))}
					</Command.Group>
				))}
				<Command.Group heading="Commands" className={groupStyle}>
					<Entry
						icon={ListChecks}
						label="Getting started"
						keywords={["set up", "wizard", "first request"]}
						onSelect={run(() => router.push("/welcome"))}
					/>
					{themes.map((theme) => (
						<Entry
							key={theme.id}
							icon={theme.icon}
							label={`Theme: ${theme.label.toLowerCase()}`}
							keywords={["appearance", "colour"]}
							onSelect={run(() => setTheme(theme.id))}
						/>
					))}
					{permissions.includes("proxy:toggle") && (
						<Entry
							icon={isEngaged ? Play : OctagonX}
							label={isEngaged ? "Let model traffic flow" : "Kill switch: stop all model traffic"}
							keywords={["emergency", "stop"]}
							onSelect={run(onKillSwitch)}
						/>
					)}
				</Command.Group>
			</Command.List>
			{/* Says that the list goes on below; at its end only the padding lies under it. */}
			<div
				aria-hidden="true"
				className="pointer-events-none absolute inset-x-0 bottom-0 h-10 bg-linear-to-t from-raised to-transparent"
			/>
		</Command>
	);
}

const groupStyle =
	"[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs";

interface EntryProps {
	readonly icon: LucideIcon;
	readonly label: string;
	readonly value?: string;
	readonly keywords?: readonly string[];
	readonly onSelect: () => void;
}

function Entry({ icon: Icon, label, value = label, keywords = [], onSelect }: EntryProps) {
	return (
		<Command.Item
			value={value}
			keywords={[...keywords]}
			onSelect={onSelect}
			className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-ink data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-ink"
		>
			<Icon aria-hidden="true" className="size-4 shrink-0" />
			<span className="truncate">{label}</span>
		</Command.Item>
	);
}

/** Ids are pasted, so anything long without spaces may be one. */
function requestIdIn(text: string): string | undefined {
	const id = text.trim();
	return /^[\w-]{10,100}$/.test(id) ? id : undefined;
}
