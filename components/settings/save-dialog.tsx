"use client";

import { ArrowRight } from "lucide-react";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import type { SettingsDraft } from "./use-settings-draft.ts";

/** What saving would change, before it does. */
export function SaveDialog({ draft }: { readonly draft: SettingsDraft }) {
	const { changes } = draft;
	return (
		<Dialog
			isOpen
			onOpenChange={draft.cancelReview}
			width="medium"
			title={`Save ${formatQuantity(changes.length, "change")}?`}
			description="It is in force on every node at once, for every request that comes after it."
			footer={
				<>
					<Button onClick={draft.cancelReview}>Cancel</Button>
					<Button variant="primary" isBusy={draft.isSaving} onClick={draft.save}>
						Save
					</Button>
				</>
			}
		>
			<div className="flex flex-col gap-4">
				<ul className="divide-y divide-line rounded-md border border-line">
					{changes.map((change) => (
						<li key={change.path.join(".")} className="px-3.5 py-2.5">
							<p className="text-muted text-sm">
								{change.group === "" ? change.label : `${change.group} › ${change.label}`}
							</p>
							<p className="flex flex-wrap items-center gap-2 text-ink">
								<del className="rounded bg-danger-soft px-1.5 text-danger-ink no-underline">
									<span className="sr-only">from </span>
									{change.before}
								</del>
								<ArrowRight aria-hidden="true" className="size-4 shrink-0 text-faint" />
								<ins className="rounded bg-ok-soft px-1.5 text-ok-ink no-underline">
									<span className="sr-only">to </span>
									{change.after}
								</ins>
							</p>
						</li>
					))}
				</ul>
				{draft.error !== null && <ErrorNote error={draft.error} />}
			</div>
		</Dialog>
	);
}
