"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import type { ModelPrice } from "../../lib/contracts/prices.ts";
import { setPrice } from "../../lib/contracts/prices.ts";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import type { ModelSubject } from "./model-drawer.tsx";
import type { DraftErrors } from "./price-draft.ts";
import { draftOf, readDraft } from "./price-draft.ts";
import { PriceFields } from "./price-fields.tsx";

interface PriceFormProps {
	readonly subject: ModelSubject;
	readonly initial: ModelPrice | null;
	readonly onDone: () => void;
	readonly onClose: () => void;
}

const formId = "price-form";
const noteMax = 300;

export function PriceForm({ subject, initial, onDone, onClose }: PriceFormProps) {
	const { place, traits } = subject;
	const queries = useQueryClient();
	const [draft, setDraft] = useState(() => draftOf(initial, traits?.purpose));
	const [note, setNote] = useState("");
	const [errors, setErrors] = useState<DraftErrors>({});
	const save = useMutation({
		mutationFn: (price: ModelPrice) => call(setPrice, { body: { ...place, price, note } }),
		onSuccess: () => {
			void queries.invalidateQueries({ queryKey: ["models"] });
			void queries.invalidateQueries({ queryKey: ["providers"] });
			notifyDone("Price saved", `${place.model} costs this from the next request on.`);
			onDone();
		},
	});
	const submit = () => {
		const read = readDraft(draft);
		setErrors(read.errors ?? {});
		if (read.price !== undefined) save.mutate(read.price);
	};
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title="Price"
			description={
				<>
					<span className="break-all font-mono text-sm">{subject.title}</span>
					{place.scope === "kind" ? ", at every provider of this kind" : ", at this provider only"}
				</>
			}
			footer={
				<>
					<Button onClick={onDone}>Cancel</Button>
					<Button type="submit" form={formId} variant="primary" isBusy={save.isPending}>
						Save price
					</Button>
				</>
			}
		>
			<form
				id={formId}
				noValidate
				className="flex flex-col gap-5"
				onSubmit={(event) => {
					event.preventDefault();
					submit();
				}}
			>
				<PriceFields draft={draft} errors={errors} onChange={setDraft} />
				<Field label="Note" help="Where this price comes from; it stays in the history.">
					{(control) => (
						<Input
							{...control}
							value={note}
							maxLength={noteMax}
							placeholder="Contract of March, order 4711"
							onChange={(event) => setNote(event.target.value)}
						/>
					)}
				</Field>
				{save.error !== null && <ErrorNote error={save.error} />}
			</form>
		</Drawer>
	);
}
