"use client";

import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { ActorKind } from "../../proxy-core/contract/threat-settings.ts";
import { actorKinds } from "../../proxy-core/contract/threat-settings.ts";
import { UrlChoice, UrlSearchOnEnter } from "../ui/url-filters.tsx";
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
	return <UrlChoice name="kind" label="Kind of actor" any="Everybody" options={kindOptions} />;
}

export function BansToolbar() {
	return (
		<>
			<UrlSearchOnEnter
				label="Part of the address, id or name"
				placeholder="Part of the address, id or name"
			/>
			<KindSelect />
		</>
	);
}
