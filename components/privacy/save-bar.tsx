import { Button } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Notice } from "../ui/notice.tsx";
import { ReplayCheck } from "../ui/replay-check.tsx";
import { readyToSend } from "./privacy-words.ts";
import type { PrivacyDraft } from "./use-privacy-draft.ts";

interface SaveBarProps {
	readonly draft: PrivacyDraft;
	readonly isReadOnly: boolean;
}

/** Says what is not in force yet. Nothing to see while everything is. */
export function SaveBar({ draft, isReadOnly }: SaveBarProps) {
	const { changes, isBehind, error } = draft;
	if (isReadOnly || changes.length === 0) return null;
	return (
		<div className="sticky bottom-0 z-10 -mb-5 flex flex-col gap-3 border-line border-t bg-canvas py-3">
			{isBehind && (
				<Notice severity="medium">
					Somebody else changed the settings meanwhile. Discard your changes to see theirs.
				</Notice>
			)}
			{error !== null && <ErrorNote error={error} />}
			<div className="flex flex-wrap items-start justify-between gap-3">
				<div className="flex min-w-0 flex-col gap-2">
					<p className="text-ink text-sm">Not saved: {changes.join(", ")}</p>
					<ReplayCheck change={{ privacy: readyToSend(draft.value) }} />
				</div>
				<div className="flex gap-2">
					<Button onClick={draft.discard}>Discard</Button>
					<Button
						variant="primary"
						disabled={isBehind}
						isBusy={draft.isSaving}
						onClick={draft.save}
					>
						Save
					</Button>
				</div>
			</div>
		</div>
	);
}
