"use client";

import Link from "next/link";
import { useState } from "react";
import { useMay } from "../../lib/client/use-session.ts";
import type { SignatureInfo, Signatures } from "../../lib/contracts/signatures.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { categoryWords, sourceWords } from "../../lib/format/threat-words.ts";
import type { RuleMode } from "../../proxy-core/contract/threats.ts";
import { ruleModes } from "../../proxy-core/contract/threats.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { SeverityBadge } from "../ui/severity-badge.tsx";
import { eventsOf, modeText, modeWords } from "./signature-words.ts";
import type { FirewallValue } from "./use-save-firewall.ts";
import { useSaveFirewall } from "./use-save-firewall.ts";

interface SignatureDrawerProps {
	readonly signature: SignatureInfo;
	readonly all: Signatures;
	readonly onClose: () => void;
	readonly onEdit: () => void;
}

export function SignatureDrawer({ signature, all, onClose, onEdit }: SignatureDrawerProps) {
	const mayWrite = useMay("guards:write");
	const [isDeleting, setIsDeleting] = useState(false);
	const save = useSaveFirewall(all.version);
	const remove = useSaveFirewall(all.version, onClose);
	const { id, title, isOwn } = signature;
	const withoutIt = { ...all.value, own: all.value.own.filter((own) => own.id !== id) };
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title={title}
			description={`${id} · ${categoryWords[signature.category]}`}
			footer={
				mayWrite && isOwn ? (
					<>
						<Button variant="danger-quiet" onClick={() => setIsDeleting(true)}>
							Delete
						</Button>
						<Button variant="primary" onClick={onEdit}>
							Edit
						</Button>
					</>
				) : undefined
			}
		>
			<div className="flex flex-col gap-5">
				<div className="flex items-center gap-3">
					<SeverityBadge severity={signature.severity} />
					<span className="text-muted">{modeText(signature)}</span>
				</div>
				<p className="text-muted">
					{hitsText(signature)}{" "}
					{signature.hits.found > 0 && (
						<Link href={eventsOf(id)} className="text-accent-ink hover:underline">
							Show them
						</Link>
					)}
				</p>
				<Field
					label="Mode"
					help="A text counts as hidden when it is encoded, spaced out or written in look-alike letters."
				>
					{(control) => (
						<Select
							{...control}
							disabled={!mayWrite || save.isPending}
							options={[
								{ value: "own", label: `As the signature says (${ownText(signature)})` },
								...ruleModes.map((value) => ({ value, label: modeWords[value] })),
							]}
							value={signature.mode ?? "own"}
							onChange={(mode) =>
								save.mutate({ value: withMode(all.value, id, mode), done: "Mode changed" })
							}
						/>
					)}
				</Field>
				{save.error !== null && <ErrorNote error={save.error} />}
				<section>
					<h3 className="font-medium text-ink">Texts</h3>
					{signature.literals.length === 0 && (
						<p className="mt-1 text-muted">None: it looks for kinds of characters.</p>
					)}
					<ul className="mt-2 flex flex-col gap-1">
						{signature.literals.map((literal) => (
							<li
								key={literal}
								className="break-words rounded bg-sunken px-2 py-1 font-mono text-sm dark:bg-raised"
								dir="auto"
							>
								{literal}
							</li>
						))}
					</ul>
				</section>
				<p className="text-muted text-sm">{scopeText(signature)}</p>
			</div>
			<ConfirmDialog
				isOpen={isDeleting}
				onOpenChange={setIsDeleting}
				title={`Delete the signature ${id}?`}
				consequence="Requests with its texts pass from now on. An earlier version of the settings still has it."
				confirmLabel="Delete signature"
				onConfirm={async () => {
					await remove.mutateAsync({ value: withoutIt, done: "Signature deleted" });
				}}
			/>
		</Drawer>
	);
}

function ownText(signature: SignatureInfo): string {
	return modeText({ ...signature, mode: null }).toLowerCase();
}

function withMode(value: FirewallValue, id: string, mode: RuleMode | "own"): FirewallValue {
	const { [id]: before, ...others } = value.rules;
	const { mode: _old, ...kept } = before ?? {};
	const rule = mode === "own" ? kept : { ...kept, mode };
	const rules = Object.keys(rule).length === 0 ? others : { ...others, [id]: rule };
	return { ...value, rules };
}

function hitsText({ hits }: SignatureInfo): string {
	if (hits.found === 0) return "Not found in the last 24 hours.";
	const found = formatQuantity(hits.found, "hit");
	const blocked = formatQuantity(hits.enforced, "request");
	return `${found} in the last 24 hours, ${blocked} blocked, ${hits.wouldHave} only recorded.`;
}

function scopeText({ sources, endpoints }: SignatureInfo): string {
	const where =
		sources.length === 0
			? "everywhere in a request"
			: `at these places: ${sources.map((source) => sourceWords[source].toLowerCase()).join(", ")}`;
	const at = endpoints.length === 0 ? "every endpoint" : endpoints.join(", ");
	return `Looks ${where}; endpoints: ${at}.`;
}
