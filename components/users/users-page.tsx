"use client";

import { useQuery } from "@tanstack/react-query";
import { LockKeyhole, UserPlus } from "lucide-react";
import { useMay } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { usersQuery } from "../../lib/client/users.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { AddPersonDrawer } from "./add-person-drawer.tsx";
import { PermissionMatrix } from "./permission-matrix.tsx";
import { UsersTable } from "./users-table.tsx";

export function UsersPage() {
	const [params, change] = useUrlState();
	if (!useMay("users:manage")) {
		return (
			<>
				<PageHeader title="Users" />
				<Panel>
					<EmptyState
						icon={LockKeyhole}
						title="Your role may not manage people."
						hint="An administrator adds people and gives them roles."
					/>
				</Panel>
			</>
		);
	}
	return (
		<>
			<PageHeader
				title="Users"
				description="Who may sign in to this console, and what they may do in it."
				actions={
					<Button variant="primary" onClick={() => change({ new: "1" })}>
						<UserPlus aria-hidden="true" />
						Add person
					</Button>
				}
			/>
			<Tabs
				label="Users and roles"
				value={params.get("tab") === "roles" ? "roles" : "people"}
				onChange={(tab) => change({ tab: tab === "roles" ? tab : null })}
				items={[
					{ id: "people", label: "People", content: <People /> },
					{ id: "roles", label: "Roles", content: <PermissionMatrix /> },
				]}
			/>
			{params.get("new") === "1" && <AddPersonDrawer onClose={() => change({ new: null })} />}
		</>
	);
}

function People() {
	const users = useQuery(usersQuery());
	return (
		<Panel isPadded={false} className="[&>div]:pt-0">
			<DataGate query={users}>{({ items }) => <UsersTable users={items} />}</DataGate>
		</Panel>
	);
}
