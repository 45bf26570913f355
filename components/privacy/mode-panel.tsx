import type { Privacy } from "../../lib/contracts/privacy.ts";
import { formatCount, formatQuantity } from "../../lib/format/numbers.ts";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { modeWords, optionsOf } from "./privacy-words.ts";
import type { PrivacyDraft } from "./use-privacy-draft.ts";

interface ModePanelProps {
	readonly draft: PrivacyDraft;
	readonly isReadOnly: boolean;
	readonly counts: Privacy["counts"];
}

/** The switch for all of it, and what it did or would have done in the last week. */
export function ModePanel({ draft, isReadOnly, counts }: ModePanelProps) {
	const { mode } = draft.value;
	const enforced = counts.reduce((sum, { week }) => sum + week.enforced, 0);
	const wouldHave = counts.reduce((sum, { week }) => sum + week.wouldHave, 0);
	return (
		<Panel>
			<div className="grid items-start gap-4 md:grid-cols-[22rem_minmax(0,1fr)]">
				<Field label="Mode" help={modeWords[mode].hint}>
					{(control) => (
						<Select
							{...control}
							disabled={isReadOnly}
							options={optionsOf(modeWords)}
							value={mode}
							onChange={(next) => draft.set({ mode: next })}
						/>
					)}
				</Field>
				<div className="flex flex-col gap-3 md:pt-7">
					<p className="text-muted">
						Last 7 days: {formatQuantity(enforced, "finding")} kept from providers,{" "}
						{formatCount(wouldHave)} that would have been.
					</p>
					{mode === "monitor" && (
						<Notice severity="info">
							Personal data still reaches providers as callers write it.
						</Notice>
					)}
				</div>
			</div>
		</Panel>
	);
}
