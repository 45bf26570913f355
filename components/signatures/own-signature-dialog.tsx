"use client";

import { useState } from "react";
import type { Signatures } from "../../lib/contracts/signatures.ts";
import type { OwnSignature } from "../../proxy-core/contract/firewall-settings.ts";
import { ownSignatureSchema } from "../../proxy-core/contract/firewall-settings.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { ReplayCheck } from "../ui/replay-check.tsx";
import { OwnSignatureFields } from "./own-signature-fields.tsx";
import { mergeSignatures } from "./signature-file.ts";
import { useSaveFirewall } from "./use-save-firewall.ts";

interface OwnSignatureDialogProps {
	readonly all: Signatures;
	/** Undefined: a new one. */
	readonly signature?: OwnSignature | undefined;
	readonly onClose: () => void;
}

const fresh: OwnSignature = {
	id: "OWN-",
	title: "",
	literals: [],
	category: "other",
	severity: "medium",
	mode: "monitor",
	sources: [],
	endpoints: [],
};

const emptyWords: ReadonlyMap<string, string> = new Map([
	["title", "Say what it looks for."],
	["literals", "Write at least one text."],
]);

function isEmpty({ title, literals }: OwnSignature, field: string): boolean {
	const text = field === "literals" ? literals.join("") : field === "title" ? title : "-";
	return text.trim() === "";
}

export function OwnSignatureDialog({ all, signature, onClose }: OwnSignatureDialogProps) {
	const [draft, setDraft] = useState(signature ?? fresh);
	const [isChecked, setIsChecked] = useState(false);
	const save = useSaveFirewall(all.version, onClose);
	const checked = ownSignatureSchema.safeParse({
		...draft,
		literals: draft.literals.filter((literal) => literal.trim() !== ""),
	});
	const isTaken =
		signature === undefined && all.value.own.some((own) => own.id === checked.data?.id);
	const problems = new Map(
		(checked.error?.issues ?? []).map(({ path, code, message }) => {
			const field = String(path[0]);
			const own = isEmpty(draft, field) ? emptyWords.get(field) : undefined;
			const isShort = field === "literals" && code === "too_small";
			return [field, own ?? (isShort ? "Each text needs 3 characters or more." : message)];
		}),
	);
	if (isTaken) problems.set("id", "There is a signature with this id.");
	const value =
		checked.success && !isTaken
			? { ...all.value, own: [...mergeSignatures(all.value.own, [checked.data])] }
			: undefined;
	const submit = () => {
		setIsChecked(true);
		if (value === undefined) return;
		save.mutate({ value, done: signature === undefined ? "Signature added" : "Signature saved" });
	};
	return (
		<Dialog
			isOpen
			onOpenChange={onClose}
			width="medium"
			title={signature === undefined ? "New signature" : `Signature ${signature.id}`}
			description="Try it on recent traffic, or let it monitor for a while, before it blocks."
			footer={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button variant="primary" isBusy={save.isPending} onClick={submit}>
						{signature === undefined ? "Add signature" : "Save signature"}
					</Button>
				</>
			}
		>
			<div className="flex flex-col gap-4">
				<OwnSignatureFields
					value={draft}
					onChange={setDraft}
					isIdFixed={signature !== undefined}
					problems={isChecked ? problems : new Map()}
				/>
				<ReplayCheck change={value && { firewall: value }} />
				{save.error !== null && <ErrorNote error={save.error} />}
			</div>
		</Dialog>
	);
}
