"use client";

import { Ban, Ellipsis, ListTree, Pencil, RefreshCw } from "lucide-react";
import Link from "next/link";
import type { Key } from "../../lib/contracts/keys.ts";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "../ui/dropdown-menu.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { requestsOf } from "./key-columns.tsx";
import { fixedBecause } from "./key-words.ts";

export type KeyAction = "edit" | "rotate" | "revoke";

interface KeyActionsProps {
	readonly subject: Key;
	readonly onAction: (action: KeyAction) => void;
}

export function KeyActions({ subject, onAction }: KeyActionsProps) {
	const reason = fixedBecause(subject);
	const isFixed = reason !== undefined;
	return (
		<DropdownMenu
			trigger={
				<IconButton
					size="small"
					label={`Actions for ${subject.name}`}
					icon={<Ellipsis aria-hidden="true" />}
				/>
			}
		>
			<MenuItem asChild>
				<Link href={requestsOf(subject)}>
					<ListTree aria-hidden="true" />
					Show its requests
				</Link>
			</MenuItem>
			<MenuSeparator />
			{isFixed && (
				<MenuLabel>
					<span className="block max-w-64 whitespace-normal">{reason}</span>
				</MenuLabel>
			)}
			<MenuItem
				icon={<Pencil aria-hidden="true" />}
				disabled={isFixed}
				onSelect={() => onAction("edit")}
			>
				Edit
			</MenuItem>
			<MenuItem
				icon={<RefreshCw aria-hidden="true" />}
				disabled={isFixed}
				onSelect={() => onAction("rotate")}
			>
				Rotate secret
			</MenuItem>
			<MenuItem
				icon={<Ban aria-hidden="true" />}
				tone="danger"
				disabled={isFixed}
				onSelect={() => onAction("revoke")}
			>
				Revoke
			</MenuItem>
		</DropdownMenu>
	);
}
