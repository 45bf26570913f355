"use client";

import { useState } from "react";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Notice } from "../ui/notice.tsx";
import { ReplayCheck } from "../ui/replay-check.tsx";
import { ChangeList } from "./change-list.tsx";
import { enforcementWords } from "./guard-words.ts";
import type { GuardDraft } from "./use-guard-draft.ts";

/** Says what is not in force yet, and puts it there after a look at it. Not there while nothing differs. */
export function SaveBar({ draft }: { readonly draft: GuardDraft }) {
	return draft.changes.length === 0 ? null : <Unsaved draft={draft} />;
}

function Unsaved({ draft }: { readonly draft: GuardDraft }) {
	const { changes, isBehind } = draft;
	const [isReviewing, setIsReviewing] = useState(false);
	const [isWrong, setIsWrong] = useState(false);
	// What was under review is not what would be saved any more.
	if (isBehind && isReviewing) setIsReviewing(false);
	const review = () => {
		draft.forget();
		const isRight = draft.check();
		setIsWrong(!isRight);
		setIsReviewing(isRight);
	};
	return (
		<div className="sticky bottom-0 z-10 -mb-5 flex flex-col gap-3 border-line border-t bg-canvas py-3">
			{isBehind && <BehindNotice draft={draft} />}
			{isWrong && !isReviewing && (
				<p role="alert" className="text-danger-ink text-sm">
					A field under Settings is not right yet.
				</p>
			)}
			<div className="flex flex-wrap items-center justify-between gap-3">
				<p className="min-w-0 text-sm">
					<span className="text-ink">{formatQuantity(changes.length, "change")} not saved</span>
					<span className="text-muted">: {labelsOf(draft)}</span>
				</p>
				<div className="flex gap-2">
					<Button onClick={draft.discard}>Discard</Button>
					<Button variant="primary" disabled={isBehind} onClick={review}>
						Review and save
					</Button>
				</div>
			</div>
			{isReviewing && <ReviewDialog draft={draft} onClose={() => setIsReviewing(false)} />}
		</div>
	);
}

const labelsMax = 3;

function labelsOf({ changes }: GuardDraft): string {
	const labels = [...new Set(changes.map(({ label }) => label))];
	const more = labels.length - labelsMax;
	const shown = labels.slice(0, labelsMax).join(", ");
	return more > 0 ? `${shown} and ${more} more` : shown;
}

function BehindNotice({ draft }: { readonly draft: GuardDraft }) {
	return (
		<div role="status">
			<Notice severity="medium">
				<p>
					Somebody else changed this guard meanwhile.{" "}
					{draft.isRefused ? "Nothing of yours was saved." : "Load theirs before you save yours."}
				</p>
				<Button size="small" className="mt-2" onClick={draft.catchUp}>
					Load theirs, keep my changes
				</Button>
			</Notice>
		</div>
	);
}

interface ReviewDialogProps {
	readonly draft: GuardDraft;
	readonly onClose: () => void;
}

/** What saving would change and what that means for traffic, before it does. */
function ReviewDialog({ draft, onClose }: ReviewDialogProps) {
	const { changes, guard, enforcement } = draft;
	const { begins, ends } = enforcementWords(enforcement);
	return (
		<Dialog
			isOpen
			onOpenChange={onClose}
			width="medium"
			title={`Save ${formatQuantity(changes.length, "change")} of ${guard.title}?`}
			description="It is in force on every node at once, for every request that comes after it."
			footer={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button variant="primary" isBusy={draft.isSaving} onClick={draft.save}>
						{begins === undefined ? "Save" : "Save and enforce"}
					</Button>
				</>
			}
		>
			<div className="flex flex-col gap-4">
				{begins !== undefined && <Notice severity="medium">{begins}</Notice>}
				{ends !== undefined && <Notice severity="high">{ends}</Notice>}
				<ChangeList changes={changes} />
				<ReplayCheck change={{ guards: { [guard.id]: draft.value } }} />
				{draft.error !== null && <ErrorNote error={draft.error} />}
			</div>
		</Dialog>
	);
}
