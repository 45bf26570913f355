"use client";

import { useMay, useSession } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Key } from "../../lib/contracts/keys.ts";
import { keyStatuses } from "../../lib/contracts/keys.ts";
import { UrlChoice, UrlSearch } from "../ui/url-filters.tsx";
import { statusWords } from "./key-status.tsx";
import type { KeyFilter } from "./key-words.ts";

/** The filters as they stand in the address. */
export function useKeyFilter(): KeyFilter {
	const [params] = useUrlState();
	const { user } = useSession();
	return {
		status: keyStatuses.find((status) => status === params.get("status")) ?? "all",
		ownerId: params.get("owner") === "me" ? user.id : undefined,
		search: params.get("search") ?? "",
	};
}

export function KeysToolbar({ keys }: { readonly keys: readonly Key[] }) {
	const seesAll = useMay("keys:manage");
	const countOf = (status: Key["status"]) => keys.filter((key) => key.status === status).length;
	return (
		<>
			<UrlSearch label="Search keys" placeholder="Name, prefix, owner or team" />
			<UrlChoice
				name="status"
				label="Status"
				any="Any status"
				options={keyStatuses.map((status) => ({
					value: status,
					label: `${statusWords[status]} (${countOf(status)})`,
				}))}
			/>
			{seesAll && (
				<UrlChoice
					name="owner"
					label="Owner"
					any="Everybody’s keys"
					options={[{ value: "me", label: "My keys" }]}
				/>
			)}
		</>
	);
}
