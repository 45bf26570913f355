"use client";

import { useQuery } from "@tanstack/react-query";
import { Download, Plus, Upload } from "lucide-react";
import { useState } from "react";
import { saveFile } from "../../lib/client/save-file.ts";
import { signaturesQuery } from "../../lib/client/signatures.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Signatures } from "../../lib/contracts/signatures.ts";
import { ruleModes } from "../../proxy-core/contract/threats.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { notifyFailed } from "../ui/toaster.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { LimitsPanel } from "./limits-panel.tsx";
import { OwnSignatureDialog } from "./own-signature-dialog.tsx";
import { signatureColumns } from "./signature-columns.tsx";
import { SignatureDrawer } from "./signature-drawer.tsx";
import { signatureFile } from "./signature-file.ts";
import { filterSignatures, foundFirst, modeWords, readSignatureFilter } from "./signature-words.ts";
import { SignaturesToolbar } from "./signatures-toolbar.tsx";
import { TryPanel } from "./try-panel.tsx";
import { useSaveFirewall } from "./use-save-firewall.ts";

type Open = "nothing" | "new" | "edit" | "import";

export function SignaturesPage() {
	const signatures = useQuery(signaturesQuery());
	const [params, change] = useUrlState();
	const [open, setOpen] = useState<Open>("nothing");
	const all = signatures.data;
	return (
		<>
			<PageHeader
				title="Signatures"
				description="Texts that are looked for in every request before anything else is done with it, however they are hidden."
				actions={all !== undefined && <Actions all={all} onOpen={setOpen} />}
			/>
			<Tabs
				label="Signatures"
				value={params.get("tab") ?? "list"}
				onChange={(tab) => change({ tab: tab === "list" ? null : tab })}
				items={[
					{
						id: "list",
						label: "Signatures",
						content: (
							<DataGate query={signatures}>
								{(data) => <SignaturesTable all={data} onOpen={setOpen} />}
							</DataGate>
						),
					},
					{ id: "try", label: "Try a text", content: <TryPanel /> },
					{ id: "limits", label: "Size of requests", content: <LimitsPanel /> },
				]}
			/>
			{all !== undefined && <OpenDialog all={all} open={open} onOpen={setOpen} />}
		</>
	);
}

interface PartProps {
	readonly all: Signatures;
	readonly onOpen: (open: Open) => void;
}

function Actions({ all, onOpen }: PartProps) {
	const mayWrite = useMay("guards:write");
	const { own } = all.value;
	return (
		<>
			<Button
				disabled={own.length === 0}
				onClick={() =>
					saveFile({
						name: "signatures.json",
						type: "application/json",
						text: signatureFile(own),
					})
				}
			>
				<Download aria-hidden="true" />
				Export own
			</Button>
			{mayWrite && (
				<>
					<Button onClick={() => onOpen("import")}>
						<Upload aria-hidden="true" />
						Import
					</Button>
					<Button variant="primary" onClick={() => onOpen("new")}>
						<Plus aria-hidden="true" />
						New signature
					</Button>
				</>
			)}
		</>
	);
}

function SignaturesTable({ all, onOpen }: PartProps) {
	const [params, change] = useUrlState();
	const openId = params.get("signature") ?? undefined;
	const opened = all.items.find(({ id }) => id === openId);
	const rows = foundFirst(filterSignatures(all.items, readSignatureFilter(params)));
	return (
		<div className="flex flex-col gap-4">
			<ModeBar all={all} />
			<Panel isPadded={false} className="[&>div]:pt-0">
				<DataTable
					id="signatures"
					label="Signatures"
					columns={signatureColumns}
					rows={rows}
					rowKey={({ id }) => id}
					onOpen={({ id }) => change({ signature: id })}
					openKey={openId}
					toolbar={<SignaturesToolbar />}
					empty={<EmptyState title="No signature fits these filters." />}
				/>
			</Panel>
			{opened !== undefined && (
				<SignatureDrawer
					signature={opened}
					all={all}
					onClose={() => change({ signature: null })}
					onEdit={() => onOpen("edit")}
				/>
			)}
		</div>
	);
}

function ModeBar({ all }: { readonly all: Signatures }) {
	const mayWrite = useMay("guards:write");
	const save = useSaveFirewall(all.version);
	const { mode } = all.value;
	return (
		<div className="flex flex-wrap items-center gap-3">
			<span className="font-medium text-ink">Firewall</span>
			<Select
				aria-label="Firewall"
				className="w-auto min-w-48"
				disabled={!mayWrite || save.isPending}
				options={ruleModes.map((value) => ({
					value,
					label: value === "enforce" ? "As each signature says" : `${modeWords[value]} all`,
				}))}
				value={mode}
				onChange={(next) =>
					save.mutate(
						{ value: { ...all.value, mode: next }, done: "Firewall changed" },
						{ onError: (error) => notifyFailed("Firewall not changed", error) },
					)
				}
			/>
			<span className="text-muted text-sm">Shipped signatures as of {all.shippedVersion}</span>
			{mode !== "enforce" && (
				<Notice severity="medium" className="grow">
					{mode === "off"
						? "The firewall is off: no signature is looked for."
						: "Nothing is blocked: hits are only recorded."}
				</Notice>
			)}
		</div>
	);
}

function OpenDialog({ all, open, onOpen }: PartProps & { readonly open: Open }) {
	const [params] = useUrlState();
	const close = () => onOpen("nothing");
	if (open === "import") return <ImportDialog all={all} onClose={close} />;
	if (open === "new") return <OwnSignatureDialog all={all} onClose={close} />;
	const edited = all.value.own.find(({ id }) => id === params.get("signature"));
	if (open !== "edit" || edited === undefined) return null;
	return <OwnSignatureDialog all={all} signature={edited} onClose={close} />;
}
