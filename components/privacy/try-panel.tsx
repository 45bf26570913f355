import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import type { PrivacyTrial } from "../../lib/contracts/privacy.ts";
import { tryPrivacy } from "../../lib/contracts/privacy.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { ComeIntoView } from "../ui/come-into-view.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { actionWords, piecesOf, readyToSend } from "./privacy-words.ts";
import type { PrivacyDraft } from "./use-privacy-draft.ts";

/** Masks a pasted text as the page's settings would, saved or not. */
export function TryPanel({ draft }: { readonly draft: PrivacyDraft }) {
	const [text, setText] = useState("");
	const run = useMutation({
		mutationFn: (tried: string) =>
			call(tryPrivacy, { body: { text: tried, value: readyToSend(draft.value) } }),
	});
	const send = () => {
		if (text.trim() !== "" && !run.isPending) run.mutate(text);
	};
	return (
		<div className="grid items-start gap-4 lg:grid-cols-2">
			<Panel
				title="The text"
				description="Prose or JSON. Nothing is sent to a model or recorded; changes that are not saved count."
			>
				<div className="flex flex-col items-start gap-4">
					<div className="w-full">
						<Field label="Text">
							{(control) => (
								<Textarea
									{...control}
									rows={10}
									maxLength={100_000}
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
						Mask it
					</Button>
					{run.error !== null && <ErrorNote error={run.error} />}
				</div>
			</Panel>
			<div role="status">
				{run.data !== undefined && (
					<ComeIntoView key={run.submittedAt}>
						<Result trial={run.data} text={run.variables ?? ""} />
					</ComeIntoView>
				)}
			</div>
		</div>
	);
}

function Result({ trial, text }: { readonly trial: PrivacyTrial; readonly text: string }) {
	const { found, masked, degraded, durationUs } = trial;
	const isRefused = found.some(({ action }) => action === "block");
	return (
		<Panel title="What a provider would get" description={`${(durationUs / 1000).toFixed(2)} ms`}>
			<div className="flex flex-col gap-4">
				{degraded !== null && <Notice severity="medium">{degraded}</Notice>}
				{isRefused ? (
					<Notice severity="high">Nothing: the request would be refused.</Notice>
				) : (
					<CodeBlock
						code={masked}
						label="Masked text"
						isWrapped
						// Prose, and a placeholder cut in two would not be recognised.
						className="[&_pre]:wrap-anywhere [&_pre]:break-normal"
					/>
				)}
				<p className="text-muted">
					{found.length === 0
						? "No personal data was found."
						: `${formatQuantity(found.length, "piece")} of personal data:`}
				</p>
				{found.length > 0 && (
					<>
						<p className="whitespace-pre-wrap break-words text-ink">
							{piecesOf(text, found).map((piece) =>
								piece.type === undefined ? (
									<span key={piece.start}>{piece.text}</span>
								) : (
									<mark
										key={piece.start}
										title={piece.type}
										className="rounded bg-mask-soft px-0.5 text-mask-ink"
									>
										{piece.text}
									</mark>
								),
							)}
						</p>
						<ul className="divide-y divide-line rounded-md border border-line">
							{found.map(({ type, action, start, end, score }) => (
								<li
									key={`${start} ${type}`}
									className="flex flex-wrap items-center justify-between gap-2 px-3 py-1.5"
								>
									<span className="min-w-0 truncate font-mono text-ink text-sm">
										{text.slice(start, end)}
									</span>
									<span className="text-muted text-sm">
										{type} · {actionWords[action].label} · {Math.round(score * 100)} % certain
									</span>
								</li>
							))}
						</ul>
					</>
				)}
			</div>
		</Panel>
	);
}
