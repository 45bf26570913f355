"use client";

import { Search } from "lucide-react";
import { useMay, useSession } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Key } from "../../lib/contracts/keys.ts";
import { keyStatuses } from "../../lib/contracts/keys.ts";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
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
	const [, change] = useUrlState();
	const filter = useKeyFilter();
	const seesAll = useMay("keys:manage");
	const countOf = (status: Key["status"]) => keys.filter((key) => key.status === status).length;
	return (
		<>
			<div className="relative w-full sm:w-60">
				<Search
					aria-hidden="true"
					className="pointer-events-none absolute top-1.5 left-2.5 size-4 text-faint"
				/>
				<Input
					type="search"
					aria-label="Search keys"
					placeholder="Name, prefix, owner or team"
					className="h-7 pl-8 text-sm"
					value={filter.search}
					onChange={(event) => change({ search: event.target.value })}
				/>
			</div>
			<Select
				size="small"
				aria-label="Status"
				className="w-auto min-w-32"
				options={[
					{ value: "all", label: "Any status" },
					...keyStatuses.map((status) => ({
						value: status,
						label: `${statusWords[status]} (${countOf(status)})`,
					})),
				]}
				value={filter.status}
				onChange={(status) => change({ status: status === "all" ? null : status })}
			/>
			{seesAll && (
				<Select
					size="small"
					aria-label="Owner"
					className="w-auto min-w-32"
					options={[
						{ value: "everybody", label: "Everybody’s keys" },
						{ value: "me", label: "My keys" },
					]}
					value={filter.ownerId === undefined ? "everybody" : "me"}
					onChange={(owner) => change({ owner: owner === "me" ? owner : null })}
				/>
			)}
		</>
	);
}
