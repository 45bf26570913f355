"use client";

import { ClientProblem } from "../../lib/client/problem.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { SchemaForm } from "../forms/schema-form.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { SaveDialog } from "./save-dialog.tsx";
import type { SettingsDraft, StoredSettings } from "./use-settings-draft.ts";
import { useSettingsDraft } from "./use-settings-draft.ts";

export function SettingsForm({ settings }: { readonly settings: StoredSettings }) {
	const mayChange = useMay("proxy:config");
	const draft = useSettingsDraft(settings);
	const { form } = draft;
	return (
		<form
			noValidate
			className="flex flex-col gap-5"
			onSubmit={(event) => {
				event.preventDefault();
				draft.review();
			}}
		>
			{!mayChange && (
				<Notice severity="info">
					Your role may look at the settings; an administrator changes them.
				</Notice>
			)}
			<Panel
				className="max-w-5xl"
				aria-label="Settings in force"
				// Without a field that takes the focus the page could not be scrolled by keyboard.
				{...(mayChange ? {} : { tabIndex: 0 })}
			>
				<SchemaForm form={form} isReadOnly={!mayChange} />
			</Panel>
			<div className="sticky bottom-0 z-10 -mb-5 flex max-w-5xl flex-wrap items-center justify-between gap-3 border-line border-t bg-canvas py-3">
				{draft.isBehind && <BehindNotice draft={draft} settings={settings} />}
				<p className="text-muted text-sm">
					{form.isDirty ? (
						<span className="text-ink">
							{formatQuantity(form.changes.length, "change")} not saved
						</span>
					) : (
						<LastChange settings={settings} />
					)}
				</p>
				{mayChange && (
					<div className="flex gap-2">
						<Button disabled={!form.isDirty} onClick={() => form.reset()}>
							Discard
						</Button>
						<Button type="submit" variant="primary" disabled={!form.isDirty || draft.isBehind}>
							Review and save
						</Button>
					</div>
				)}
			</div>
			{draft.isReviewing && <SaveDialog draft={draft} />}
		</form>
	);
}

interface BehindNoticeProps {
	readonly draft: SettingsDraft;
	readonly settings: StoredSettings;
}

function BehindNotice({ draft, settings }: BehindNoticeProps) {
	const isRefused = draft.error instanceof ClientProblem && draft.error.status === 409;
	return (
		<div role="status" className="basis-full">
			<Notice severity="medium">
				<p>
					{settings.changedBy ?? "Somebody"} changed the settings meanwhile (
					<Time at={settings.changedAt} />
					). {isRefused ? "Nothing of yours was saved." : "Load them before you save yours."}
				</p>
				<Button size="small" className="mt-2" onClick={draft.catchUp}>
					Load theirs, keep my changes
				</Button>
			</Notice>
		</div>
	);
}

function LastChange({ settings }: { readonly settings: StoredSettings }) {
	if (settings.changedAt === null)
		return "Nobody has changed anything yet: every value is the default.";
	return (
		<>
			Version {settings.version}, saved <Time at={settings.changedAt} />
			{settings.changedBy === null ? "" : ` by ${settings.changedBy}`}
		</>
	);
}
