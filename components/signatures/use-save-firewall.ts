import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/client/call.ts";
import { signaturesQuery } from "../../lib/client/signatures.ts";
import type { Signatures } from "../../lib/contracts/signatures.ts";
import { putSignatures } from "../../lib/contracts/signatures.ts";
import { notifyDone } from "../ui/toaster.tsx";

export type FirewallValue = Signatures["value"];

export interface FirewallChange {
	readonly value: FirewallValue;
	/** In the past: "Signature added". */
	readonly done: string;
}

/** Puts modes, own signatures and exceptions in force; refused when somebody else was faster. */
export function useSaveFirewall(version: number, onDone?: () => void) {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: ({ value }: FirewallChange) => call(putSignatures, { body: { version, value } }),
		onSuccess: async (saved, { done }) => {
			queries.setQueryData(signaturesQuery().queryKey, saved);
			await queries.invalidateQueries({ queryKey: ["settings"] });
			notifyDone(done);
			onDone?.();
		},
	});
}
