"use client";

import { useState } from "react";
import { useMay } from "../../lib/client/use-session.ts";
import type { GuardInfo } from "../../lib/contracts/guards.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import type { RuleMode } from "../../proxy-core/contract/threats.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Select } from "../ui/select.tsx";
import { notifyDone, notifyFailed } from "../ui/toaster.tsx";
import { enforcementChange, readControl } from "./guard-control.ts";
import { enforcementWords, modeOptions, modeWords } from "./guard-words.ts";
import { useSaveGuard } from "./use-save-guard.ts";

interface ModeSwitchProps {
	readonly guard: GuardInfo;
	readonly version: number;
}

/** A guard's mode, in force as soon as it is chosen; asks first when something is enforced or no longer is. */
export function ModeSwitch({ guard, version }: ModeSwitchProps) {
	const mayWrite = useMay("guards:write");
	const [asked, setAsked] = useState<RuleMode | undefined>();
	const save = useSaveGuard((saved) =>
		notifyDone(`${guard.title}: ${modeWords[saved.guard.mode].label.toLowerCase()}`),
	);
	const { id, title, value } = guard;
	const put = (mode: RuleMode) => save.mutateAsync({ id, version, value: { ...value, mode } });
	const control = readControl(value);
	const meaning = (mode: RuleMode) =>
		enforcementWords(enforcementChange(guard.rules, control, { ...control, mode }));
	const choose = (mode: RuleMode) => {
		const { begins, ends } = meaning(mode);
		if (begins !== undefined || ends !== undefined) return setAsked(mode);
		put(mode).catch((error: unknown) => notifyFailed("Mode not changed", error));
	};
	return (
		<>
			<Select
				size="small"
				className="w-28"
				aria-label={`Mode of ${title}`}
				disabled={!mayWrite || save.isPending}
				options={modeOptions}
				value={guard.mode}
				onChange={choose}
			/>
			{asked !== undefined && (
				<ConfirmDialog
					isOpen
					onOpenChange={() => setAsked(undefined)}
					title={questionFor(title, asked)}
					consequence={[meaning(asked).begins, meaning(asked).ends, lately(guard, asked)]
						.filter((sentence) => sentence !== undefined)
						.join(" ")}
					confirmLabel={asked === "off" ? "Switch off" : modeWords[asked].label}
					isDangerous={asked !== "enforce"}
					onConfirm={() => put(asked)}
				/>
			)}
		</>
	);
}

function questionFor(title: string, mode: RuleMode): string {
	if (mode === "enforce") return `Enforce ${title}?`;
	return mode === "monitor" ? `Only monitor ${title}?` : `Switch ${title} off?`;
}

function lately({ hits }: GuardInfo, mode: RuleMode): string | undefined {
	if (mode === "enforce") {
		return `In the last 24 hours it would have acted ${formatQuantity(hits.wouldHave, "time")}.`;
	}
	return `In the last 24 hours it acted ${formatQuantity(hits.enforced, "time")}.`;
}
