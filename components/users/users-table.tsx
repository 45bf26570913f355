"use client";

import { Ban, CircleCheck, Ellipsis, UserRoundCheck, UserRoundCog, UserRoundX } from "lucide-react";
import { useState } from "react";
import { useSession } from "../../lib/client/use-session.ts";
import type { User } from "../../lib/contracts/users.ts";
import { Badge } from "../ui/badge.tsx";
import type { Column } from "../ui/data-table/column.ts";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { DropdownMenu, MenuItem } from "../ui/dropdown-menu.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Time } from "../ui/time.tsx";
import { ChangeRoleDialog } from "./change-role-dialog.tsx";
import { DisableDialog } from "./disable-dialog.tsx";
import { roleWords } from "./role-words.ts";

type Open = { readonly kind: "role" | "disable"; readonly user: User } | undefined;

const columns: readonly Column<User>[] = [
	{
		id: "name",
		header: "Name",
		isPrimary: true,
		sortBy: (user) => user.name,
		cell: (user) => <NameCell user={user} />,
	},
	{
		id: "email",
		header: "E-mail",
		sortBy: (user) => user.email,
		cell: (user) => <Email address={user.email} />,
	},
	{
		id: "role",
		header: "Role",
		sortBy: (user) => user.role,
		cell: (user) => roleWords[user.role].label,
	},
	{
		id: "status",
		header: "Status",
		sortBy: (user) => (user.isDisabled ? "Disabled" : "Active"),
		cell: (user) =>
			user.isDisabled ? (
				<Badge tone="idle">
					<Ban aria-hidden="true" />
					Disabled
				</Badge>
			) : (
				<Badge tone="ok">
					<CircleCheck aria-hidden="true" />
					Active
				</Badge>
			),
	},
	{
		id: "lastSignIn",
		header: "Last signed in",
		sortBy: (user) => user.lastSignInAt,
		cell: (user) => <Time at={user.lastSignInAt} />,
	},
	{
		id: "created",
		header: "Added",
		sortBy: (user) => user.createdAt,
		cell: (user) => <Time at={user.createdAt} />,
	},
];

export function UsersTable({ users }: { readonly users: readonly User[] }) {
	const [open, setOpen] = useState<Open>(undefined);
	const close = () => setOpen(undefined);
	return (
		<>
			<DataTable
				id="users"
				label="People"
				columns={columns}
				rows={users}
				rowKey={(user) => user.id}
				rowActions={(user) => (
					<UserActions user={user} onAction={(kind) => setOpen({ kind, user })} />
				)}
			/>
			{open?.kind === "role" && <ChangeRoleDialog person={open.user} onClose={close} />}
			{open?.kind === "disable" && <DisableDialog person={open.user} onClose={close} />}
		</>
	);
}

/** May break before the @, and elsewhere only where a half does not fit. */
function Email({ address }: { readonly address: string }) {
	const at = address.lastIndexOf("@");
	return (
		<span className="break-words">
			{address.slice(0, at)}
			<wbr />
			{address.slice(at)}
		</span>
	);
}

function NameCell({ user }: { readonly user: User }) {
	const isSelf = useSession().user.id === user.id;
	return (
		<span className="font-medium text-ink">
			{user.name}
			{isSelf && <span className="ml-1.5 font-normal text-muted">(you)</span>}
		</span>
	);
}

interface UserActionsProps {
	readonly user: User;
	readonly onAction: (kind: "role" | "disable") => void;
}

function UserActions({ user, onAction }: UserActionsProps) {
	return (
		<DropdownMenu
			trigger={
				<IconButton
					size="small"
					label={`Actions for ${user.name}`}
					icon={<Ellipsis aria-hidden="true" />}
				/>
			}
		>
			<MenuItem icon={<UserRoundCog aria-hidden="true" />} onSelect={() => onAction("role")}>
				Change role
			</MenuItem>
			<MenuItem
				icon={
					user.isDisabled ? (
						<UserRoundCheck aria-hidden="true" />
					) : (
						<UserRoundX aria-hidden="true" />
					)
				}
				tone={user.isDisabled ? "normal" : "danger"}
				onSelect={() => onAction("disable")}
			>
				{user.isDisabled ? "Enable" : "Disable"}
			</MenuItem>
		</DropdownMenu>
	);
}
