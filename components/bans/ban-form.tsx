"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import { ClientProblem } from "../../lib/client/problem.ts";
import { banInput, createBan } from "../../lib/contracts/bans.ts";
import type { ActorKind } from "../../proxy-core/contract/threat-settings.ts";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import type { Duration } from "./ban-words.ts";
import { secondsOf } from "./ban-words.ts";
import { DurationField } from "./duration-field.tsx";
import { WhomFields } from "./whom-fields.tsx";

export interface BanDraft {
	readonly kind: ActorKind;
	readonly value: string;
	readonly reason: string;
	readonly duration: Duration;
}

interface BanFormProps {
	readonly initial: Partial<BanDraft>;
	readonly onClose: () => void;
}

const formId = "ban-form";

export function BanForm({ initial, onClose }: BanFormProps) {
	const queries = useQueryClient();
	const [draft, setDraft] = useState<BanDraft>({
		...{ kind: "ip", value: "", reason: "", duration: "3600" },
		...initial,
	});
	const [isTried, setIsTried] = useState(false);
	const body = { ...draft, ttlSeconds: secondsOf(draft.duration), duration: undefined };
	const input = banInput.safeParse(withoutUndefined(body));
	const send = useMutation({
		mutationFn: (checked: typeof banInput._output) => call(createBan, { body: checked }),
		onSuccess: async () => {
			await queries.invalidateQueries({ queryKey: ["bans"] });
			notifyDone("Banned", "Refused with status 403 on every node from now on.");
			onClose();
		},
	});
	const issueOf = (field: "value" | "reason"): string | undefined => {
		const known = send.error instanceof ClientProblem ? send.error.issues : [];
		const own = isTried && !input.success ? input.error.issues : [];
		if (own.some(({ path }) => path[0] === field)) {
			return field === "value" ? "Say whom." : "Say why, for your colleagues.";
		}
		return known.find(({ path }) => path === field)?.message;
	};
	const change = (part: Partial<BanDraft>) => setDraft((current) => ({ ...current, ...part }));
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title="Ban somebody"
			description="Their requests are refused with status 403 before anything of them is read."
			footer={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" form={formId} variant="danger" isBusy={send.isPending}>
						Ban
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
					setIsTried(true);
					if (input.success) send.mutate(input.data);
				}}
			>
				<WhomFields draft={draft} issue={issueOf("value")} onChange={change} />
				<Field
					label="Why"
					isRequired
					help="For your colleagues; callers do not see it."
					error={issueOf("reason")}
				>
					{(control) => (
						<Textarea
							{...control}
							rows={3}
							maxLength={500}
							value={draft.reason}
							onChange={(event) => change({ reason: event.target.value })}
						/>
					)}
				</Field>
				<DurationField
					label="For"
					value={draft.duration}
					onChange={(duration) => change({ duration })}
				/>
				{send.error !== null && issueOf("value") === undefined && <ErrorNote error={send.error} />}
			</form>
		</Drawer>
	);
}

/** A strict schema refuses names that it does not know, whatever stands under them. */
function withoutUndefined(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));
}
