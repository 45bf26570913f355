"use client";

import { useState } from "react";
import type { Signatures } from "../../lib/contracts/signatures.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { ReplayCheck } from "../ui/replay-check.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { mergeSignatures, readSignatureFile } from "./signature-file.ts";
import { useSaveFirewall } from "./use-save-firewall.ts";

interface ImportDialogProps {
	readonly all: Signatures;
	readonly onClose: () => void;
}

export function ImportDialog({ all, onClose }: ImportDialogProps) {
	const [text, setText] = useState("");
	const save = useSaveFirewall(all.version, onClose);
	const read = text.trim() === "" ? undefined : readSignatureFile(text);
	const own = read?.ok === true ? mergeSignatures(all.value.own, read.signatures) : undefined;
	const value = own === undefined ? undefined : { ...all.value, own: [...own] };
	return (
		<Dialog
			isOpen
			onOpenChange={onClose}
			width="medium"
			title="Import signatures"
			description="Signatures with an id that exists here replace it; the others stay."
			footer={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button
						variant="primary"
						disabled={value === undefined}
						isBusy={save.isPending}
						onClick={() => value && save.mutate({ value, done: "Signatures imported" })}
					>
						Import
					</Button>
				</>
			}
		>
			<div className="flex flex-col gap-4">
				<Field label="File" help="JSON, as the export writes it.">
					{(control) => (
						<Input
							{...control}
							type="file"
							accept="application/json,.json"
							className="h-auto py-1 pl-1.5 file:mr-3 file:rounded file:border file:border-line file:bg-sunken file:px-2.5 file:py-0.5 file:text-ink file:text-sm"
							onChange={(event) => void event.target.files?.[0]?.text().then(setText)}
						/>
					)}
				</Field>
				<Field label="Or its text" error={read?.ok === false ? read.message : undefined}>
					{(control) => (
						<Textarea
							{...control}
							rows={6}
							className="font-mono"
							value={text}
							onChange={(event) => setText(event.target.value)}
						/>
					)}
				</Field>
				{read?.ok === true && (
					<p className="text-muted">{formatQuantity(read.signatures.length, "signature")} found.</p>
				)}
				<ReplayCheck change={value && { firewall: value }} />
				{save.error !== null && <ErrorNote error={save.error} />}
			</div>
		</Dialog>
	);
}
