import { queryOptions } from "@tanstack/react-query";
import { getPrivacy } from "../contracts/privacy.ts";
import { call } from "./call.ts";

/** Of the settings' family: whoever changes those may have changed these. */
export const privacyQuery = () =>
	queryOptions({
		queryKey: ["settings", "privacy"],
		queryFn: ({ signal }) => call(getPrivacy, { signal }),
		staleTime: 15_000,
	});
