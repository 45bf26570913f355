"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import { keysQuery } from "../../lib/client/keys.ts";
import { useSession } from "../../lib/client/use-session.ts";
import type { Key } from "../../lib/contracts/keys.ts";
import { createKey, updateKey } from "../../lib/contracts/keys.ts";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import type { KeyInput } from "./key-draft.ts";
import { draftOf, newDraft } from "./key-draft.ts";
import { KeyForm } from "./key-form.tsx";
import { prefixInWords } from "./key-words.ts";

export interface IssuedKey {
	readonly key: Key;
	readonly token: string;
}

interface CreateKeyDrawerProps {
	readonly onClose: () => void;
	readonly onIssued: (issued: IssuedKey) => void;
}

export function CreateKeyDrawer({ onClose, onIssued }: CreateKeyDrawerProps) {
	const { user } = useSession();
	const queries = useQueryClient();
	const [initial] = useState(() => newDraft(user.id));
	const create = useMutation({
		mutationFn: (body: KeyInput) => call(createKey, { body }),
		onSuccess: (issued) => {
			void queries.invalidateQueries({ queryKey: keysQuery().queryKey });
			onIssued(issued);
		},
		// The token must not outlive the page that shows it.
		gcTime: 0,
	});
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title="New key"
			description="Applications send it as their API key. It is shown once, after it was created."
			footer={<Buttons onClose={onClose} label="Create key" isBusy={create.isPending} />}
		>
			<KeyForm
				id={formId}
				initial={initial}
				knownOwners={[]}
				error={create.error}
				onSubmit={(input) => create.mutate(input)}
			/>
		</Drawer>
	);
}

interface EditKeyDrawerProps {
	readonly subject: Key;
	readonly onClose: () => void;
}

export function EditKeyDrawer({ subject, onClose }: EditKeyDrawerProps) {
	const queries = useQueryClient();
	const [initial] = useState(() => draftOf(subject));
	const update = useMutation({
		mutationFn: (body: KeyInput) => call(updateKey, { params: { id: subject.id }, body }),
		onSuccess: (key) => {
			void queries.invalidateQueries({ queryKey: keysQuery().queryKey });
			notifyDone("Key saved", `${key.name} works under the new rules at once, on every node.`);
			onClose();
		},
	});
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title={`Edit ${subject.name}`}
			description={<span className="font-mono text-sm">{prefixInWords(subject)}</span>}
			footer={<Buttons onClose={onClose} label="Save" isBusy={update.isPending} />}
		>
			<KeyForm
				id={formId}
				initial={initial}
				knownOwners={subject.owner === null ? [] : [subject.owner]}
				error={update.error}
				onSubmit={(input) => update.mutate(input)}
			/>
		</Drawer>
	);
}

const formId = "key-form";

interface ButtonsProps {
	readonly onClose: () => void;
	readonly label: string;
	readonly isBusy: boolean;
}

function Buttons({ onClose, label, isBusy }: ButtonsProps) {
	return (
		<>
			<Button onClick={onClose}>Cancel</Button>
			<Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
				{label}
			</Button>
		</>
	);
}
