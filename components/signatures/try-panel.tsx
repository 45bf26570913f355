"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import type { TriedSignatures } from "../../lib/contracts/signatures.ts";
import { trySignatures } from "../../lib/contracts/signatures.ts";
import { Button } from "../ui/button.tsx";
import { ComeIntoView } from "../ui/come-into-view.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { ActionBadge } from "../ui/outcome-badge.tsx";
import { Panel } from "../ui/panel.tsx";
import { SeverityBadge } from "../ui/severity-badge.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { modeWords } from "./signature-words.ts";

type Tried = TriedSignatures["items"][number];

/** Looks for signatures in a pasted text; nothing is sent or recorded. */
export function TryPanel() {
	const [text, setText] = useState("");
	const run = useMutation({
		mutationFn: (tried: string) => call(trySignatures, { body: { texts: [tried] } }),
	});
	const [result] = run.data?.items ?? [];
	const send = () => {
		if (text.trim() !== "" && !run.isPending) run.mutate(text);
	};
	return (
		<Panel
			title="Try a text"
			description="A message, or the JSON of a whole request. Nothing is sent, counted or recorded."
		>
			<div className="flex flex-col items-start gap-4">
				<div className="w-full">
					<Field label="Text">
						{(control) => (
							<Textarea
								{...control}
								rows={6}
								className="font-mono"
								value={text}
								onSend={send}
								onChange={(event) => setText(event.target.value)}
							/>
						)}
					</Field>
				</div>
				<Button
					variant="primary"
					disabled={text.trim() === ""}
					isBusy={run.isPending}
					onClick={send}
				>
					Look for signatures
				</Button>
				{run.error !== null && <ErrorNote error={run.error} />}
				{result !== undefined && (
					<ComeIntoView key={run.submittedAt}>
						<Result result={result} text={run.variables ?? ""} />
					</ComeIntoView>
				)}
			</div>
		</Panel>
	);
}

function Result({ result, text }: { readonly result: Tried; readonly text: string }) {
	return (
		<div role="status" className="flex w-full flex-col gap-3">
			<p className="flex items-center gap-2 text-muted">
				<ActionBadge action={result.action} />
				{result.hits.length === 0 ? "No signature was found" : "Found"} in {result.durationUs} µs.
			</p>
			<ul className="flex flex-col gap-3">
				{result.hits.map((hit) => (
					<li
						key={`${hit.id} ${hit.disguises.join(" ")}`}
						className="rounded-md border border-line p-3"
					>
						<div className="flex flex-wrap items-center gap-2">
							<SeverityBadge severity={hit.severity} />
							<span className="text-ink">{hit.title}</span>
							<span className="font-mono text-muted text-sm">{hit.id}</span>
							<span className="text-muted text-sm">{modeWords[hit.mode]}</span>
						</div>
						{hit.disguises.length > 0 && (
							<p className="mt-1 text-muted text-sm">Hidden by: {hit.disguises.join(", then ")}</p>
						)}
						<p className="mt-2 break-words font-mono text-sm">
							<span className="text-muted">
								{text.slice(Math.max(0, hit.start - 40), hit.start)}
							</span>
							<mark className="bg-blocked-soft text-blocked-ink">
								{text.slice(hit.start, Math.min(hit.end, hit.start + 400))}
							</mark>
							<span className="text-muted">{text.slice(hit.end, hit.end + 40)}</span>
						</p>
					</li>
				))}
			</ul>
		</div>
	);
}
