"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import type { Ban } from "../../lib/contracts/bans.ts";
import { extendBan } from "../../lib/contracts/bans.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import type { Duration } from "./ban-words.ts";
import { displayName, secondsOf } from "./ban-words.ts";
import { DurationField } from "./duration-field.tsx";

interface ExtendDialogProps {
	readonly ban: Ban;
	readonly onClose: () => void;
}

/** A new end, counted from now. */
export function ExtendDialog({ ban, onClose }: ExtendDialogProps) {
	const queries = useQueryClient();
	const [duration, setDuration] = useState<Duration>("86400");
	const send = useMutation({
		mutationFn: () =>
			call(extendBan, { params: { id: ban.id }, body: { ttlSeconds: secondsOf(duration) } }),
		onSuccess: async () => {
			await queries.invalidateQueries({ queryKey: ["bans"] });
			notifyDone("The ban has a new end");
			onClose();
		},
	});
	return (
		<Dialog
			isOpen
			onOpenChange={onClose}
			title={`New end for the ban of ${displayName(ban)}`}
			description="It counts from now and replaces the end that the ban has."
			footer={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button variant="primary" isBusy={send.isPending} onClick={() => send.mutate()}>
						Set the end
					</Button>
				</>
			}
		>
			<div className="flex flex-col gap-4">
				<DurationField label="From now" value={duration} onChange={setDuration} />
				{send.error !== null && <ErrorNote error={send.error} />}
			</div>
		</Dialog>
	);
}
