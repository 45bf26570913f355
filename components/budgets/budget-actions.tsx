"use client";

import { CircleArrowUp, Ellipsis, ListTree, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useNow } from "../../lib/client/use-now.tsx";
import { useMay } from "../../lib/client/use-session.ts";
import type { Budget } from "../../lib/contracts/budgets.ts";
import { DropdownMenu, MenuItem, MenuSeparator } from "../ui/dropdown-menu.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import type { BudgetTask } from "./budget-dialogs.tsx";
import { requestsOfBudget } from "./requests-of-budget.ts";

interface BudgetActionsProps {
	readonly subject: Budget;
	readonly onTask: (kind: BudgetTask["kind"]) => void;
}

export function BudgetActions({ subject, onTask }: BudgetActionsProps) {
	const mayManage = useMay("budget:manage") && subject.archivedAt === null;
	const requests = requestsOfBudget(
		{ ...subject, windowStart: subject.usage.windowStart },
		useNow(),
	);
	return (
		<DropdownMenu
			trigger={
				<IconButton
					size="small"
					label={`Actions for ${subject.title}`}
					icon={<Ellipsis aria-hidden="true" />}
				/>
			}
		>
			<MenuItem asChild>
				<Link href={requests}>
					<ListTree aria-hidden="true" />
					Show its requests
				</Link>
			</MenuItem>
			{mayManage && (
				<>
					<MenuSeparator />
					<MenuItem icon={<Pencil aria-hidden="true" />} onSelect={() => onTask("edit")}>
						Edit
					</MenuItem>
					<MenuItem icon={<CircleArrowUp aria-hidden="true" />} onSelect={() => onTask("raise")}>
						Raise for a while
					</MenuItem>
					<MenuItem
						icon={<Trash2 aria-hidden="true" />}
						tone="danger"
						onSelect={() => onTask("delete")}
					>
						Delete
					</MenuItem>
				</>
			)}
		</DropdownMenu>
	);
}
