import { queryOptions } from "@tanstack/react-query";
import { listSignatures } from "../contracts/signatures.ts";
import { call } from "./call.ts";

/** Of the settings' family: whoever changes those may have changed signatures. */
export const signaturesQuery = () =>
	queryOptions({
		queryKey: ["settings", "signatures"],
		queryFn: ({ signal }) => call(listSignatures, { signal }),
		staleTime: 15_000,
	});
