"use client";

import { CircleArrowUp, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useNow } from "../../lib/client/use-now.tsx";
import type { Budget } from "../../lib/contracts/budgets.ts";
import { Button } from "../ui/button.tsx";
import { DropdownMenu, MenuItem } from "../ui/dropdown-menu.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import type { BudgetTask } from "./budget-dialogs.tsx";
import { levelOf, whatNow } from "./budget-standing.ts";
import { LevelBadge } from "./level-badge.tsx";

interface BudgetHeaderProps {
	readonly budget: Budget;
	/** Absent for people who may not change it. */
	readonly onTask?: (kind: BudgetTask["kind"]) => void;
}

/** What it is, where it stands in one sentence, and what one can do. */
export function BudgetHeader({ budget, onTask }: BudgetHeaderProps) {
	const { title } = budget;
	return (
		<header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
			<div className="min-w-0 flex-1 basis-96">
				<h1 className="break-words font-semibold text-ink text-xl">{title}</h1>
				<p className="mt-1 text-ink">
					<LevelBadge level={levelOf(budget)} /> {whatNow(budget, useNow())}
				</p>
			</div>
			{onTask !== undefined && (
				<div className="flex items-center gap-2">
					<Button onClick={() => onTask("edit")}>
						<Pencil aria-hidden="true" />
						Edit
					</Button>
					<Button onClick={() => onTask("raise")}>
						<CircleArrowUp aria-hidden="true" />
						Raise for a while
					</Button>
					<DropdownMenu
						trigger={
							<IconButton label={`Actions for ${title}`} icon={<Ellipsis aria-hidden="true" />} />
						}
					>
						<MenuItem
							icon={<Trash2 aria-hidden="true" />}
							tone="danger"
							onSelect={() => onTask("delete")}
						>
							Delete
						</MenuItem>
					</DropdownMenu>
				</div>
			)}
		</header>
	);
}
