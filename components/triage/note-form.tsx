"use client";

import type { Ref } from "react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { useIncidentWork } from "./use-incident-work.ts";

/** A note for whoever works on the incident next. */
export function NoteForm({
	id,
	field,
}: {
	readonly id: string;
	readonly field: Ref<HTMLTextAreaElement>;
}) {
	const [text, setText] = useState("");
	const work = useIncidentWork(id);
	const send = () => {
		if (text.trim() === "" || work.isPending) return;
		work.mutate({ kind: "note", text }, { onSuccess: () => setText("") });
	};
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				send();
			}}
			className="flex flex-col gap-2"
		>
			<Field label="Note" help="Ctrl and Enter saves it, Esc leaves the field.">
				{(control) => (
					<Textarea
						{...control}
						ref={field}
						rows={2}
						maxLength={4000}
						value={text}
						onChange={(event) => setText(event.target.value)}
						onKeyDown={(event) => {
							if (event.key === "Escape") event.currentTarget.blur();
						}}
						onSend={send}
					/>
				)}
			</Field>
			{work.error !== null && <ErrorNote error={work.error} />}
			<div>
				<Button type="submit" size="small" isBusy={work.isPending} disabled={text.trim() === ""}>
					Save note
				</Button>
			</div>
		</form>
	);
}
