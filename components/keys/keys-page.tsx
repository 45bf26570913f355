"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, LockKeyhole, Plus } from "lucide-react";
import { useState } from "react";
import { keysQuery } from "../../lib/client/keys.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Key } from "../../lib/contracts/keys.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { IssuedKeyDialog } from "./issued-key-dialog.tsx";
import type { KeyAction } from "./key-actions.tsx";
import { KeyActions } from "./key-actions.tsx";
import { keyColumns } from "./key-columns.tsx";
import type { IssuedKey } from "./key-drawer.tsx";
import { CreateKeyDrawer, EditKeyDrawer } from "./key-drawer.tsx";
import { filterKeys, fixedBecause } from "./key-words.ts";
import { KeysToolbar, useKeyFilter } from "./keys-toolbar.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";
import { RotateDialog } from "./rotate-dialog.tsx";

type Open =
	| { readonly kind: "nothing" }
	| { readonly kind: "issued"; readonly issued: IssuedKey }
	| { readonly kind: KeyAction; readonly subject: Key };

const nothing: Open = { kind: "nothing" };

export function KeysPage() {
	if (useMay("keys:own")) return <KeysDesk />;
	return (
		<>
			<PageHeader title="Keys" />
			<Panel>
				<EmptyState
					icon={LockKeyhole}
					title="Your role may not have keys."
					hint="An administrator can give you the role user or operator."
				/>
			</Panel>
		</>
	);
}

function KeysDesk() {
	const keys = useQuery(keysQuery());
	const seesAll = useMay("keys:manage");
	const [params, change] = useUrlState();
	const [open, setOpen] = useState<Open>(nothing);
	const create = () => change({ new: "1" });
	const newKey = (
		<Button variant="primary" onClick={create}>
			<Plus aria-hidden="true" />
			New key
		</Button>
	);
	return (
		<>
			<PageHeader
				title="Keys"
				description={
					seesAll
						? "Who may call the gateway, with which models and how often."
						: "Your keys for calling the gateway. An operator sees everybody’s."
				}
				actions={newKey}
			/>
			<Panel isPadded={false} className="[&>div]:pt-0">
				<DataGate
					query={keys}
					isEmpty={({ items }) => items.length === 0}
					empty={{
						icon: KeyRound,
						title: "The keys of your applications will be here.",
						hint: "A key names an application, says which models it may use and can be revoked at once.",
						action: newKey,
					}}
				>
					{({ items }) => (
						<KeysTable keys={items} onAction={(kind, subject) => setOpen({ kind, subject })} />
					)}
				</DataGate>
			</Panel>
			{params.get("new") === "1" && open.kind === "nothing" && (
				<CreateKeyDrawer
					onClose={() => change({ new: null })}
					onIssued={(issued) => {
						change({ new: null });
						setOpen({ kind: "issued", issued });
					}}
				/>
			)}
			<OpenDialog open={open} onChange={setOpen} />
		</>
	);
}

interface KeysTableProps {
	readonly keys: readonly Key[];
	readonly onAction: (action: KeyAction, subject: Key) => void;
}

function KeysTable({ keys, onAction }: KeysTableProps) {
	const filter = useKeyFilter();
	const [, change] = useUrlState();
	return (
		<DataTable
			id="keys"
			label="Keys"
			columns={keyColumns}
			rows={filterKeys(keys, filter)}
			rowKey={(key) => key.id}
			onOpen={(key) => {
				if (fixedBecause(key) === undefined) onAction("edit", key);
			}}
			rowActions={(key) => (
				<KeyActions subject={key} onAction={(action) => onAction(action, key)} />
			)}
			toolbar={<KeysToolbar keys={keys} />}
			empty={
				<EmptyState
					title="No key fits these filters."
					action={
						<Button onClick={() => change({ status: null, owner: null, search: null })}>
							Show all keys
						</Button>
					}
				/>
			}
		/>
	);
}

interface OpenDialogProps {
	readonly open: Open;
	readonly onChange: (next: Open) => void;
}

function OpenDialog({ open, onChange }: OpenDialogProps) {
	const close = () => onChange(nothing);
	const show = (issued: IssuedKey) => onChange({ kind: "issued", issued });
	switch (open.kind) {
		case "nothing":
			return undefined;
		case "issued":
			return <IssuedKeyDialog issued={open.issued} onClose={close} />;
		case "edit":
			return <EditKeyDrawer subject={open.subject} onClose={close} />;
		case "rotate":
			return <RotateDialog subject={open.subject} onClose={close} onIssued={show} />;
		case "revoke":
			return <RevokeDialog subject={open.subject} onClose={close} />;
	}
}
