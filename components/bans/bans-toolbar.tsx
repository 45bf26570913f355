"use client";

import { Search } from "lucide-react";
import { useState } from "react";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { ActorKind } from "../../proxy-core/contract/threat-settings.ts";
import { actorKinds } from "../../proxy-core/contract/threat-settings.ts";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { kindOptions } from "./ban-words.ts";

/** The kind as it stands in the address. */
export function useKindFilter(): ActorKind | undefined {
	const [params] = useUrlState();
	return actorKinds.find((kind) => kind === params.get("kind"));
}

export function useBanFilters(): { readonly kind?: ActorKind; readonly search?: string } {
	const kind = useKindFilter();
	const [params] = useUrlState();
	const search = params.get("search")?.trim();
	return {
		...(kind === undefined ? {} : { kind }),
		...(search === undefined || search === "" ? {} : { search }),
	};
}

export function KindSelect() {
	const kind = useKindFilter();
	const [, change] = useUrlState();
	return (
		<Select
			size="small"
			aria-label="Kind of actor"
			className="w-auto min-w-36"
			options={[{ value: "all", label: "Everybody" }, ...kindOptions]}
			value={kind ?? "all"}
			onChange={(next) => change({ kind: next === "all" ? null : next })}
		/>
	);
}

export function BansToolbar() {
	const [params, change] = useUrlState();
	const [text, setText] = useState(params.get("search") ?? "");
	return (
		<>
			<form
				className="relative w-full sm:w-64"
				onSubmit={(event) => {
					event.preventDefault();
					change({ search: text.trim() === "" ? null : text.trim() });
				}}
			>
				<Search
					aria-hidden="true"
					className="pointer-events-none absolute top-1.5 left-2.5 size-4 text-faint"
				/>
				<Input
					type="search"
					aria-label="Part of the address, id or name"
					placeholder="Part of the address, id or name"
					className="h-7 pl-8 text-sm"
					maxLength={200}
					value={text}
					onChange={(event) => setText(event.target.value)}
					onBlur={() => change({ search: text.trim() === "" ? null : text.trim() })}
				/>
			</form>
			<KindSelect />
		</>
	);
}
