import { useQuery } from "@tanstack/react-query";
import { keysQuery } from "../../lib/client/keys.ts";
import type { PickerOption } from "../ui/picker.tsx";

/** Keys by name, for choosing one; who may ban sees everybody's. */
export function useKeyOptions(): readonly PickerOption[] {
	const keys = useQuery(keysQuery()).data?.items ?? [];
	return keys.map(({ id, name, owner, team }) => {
		const hint = team?.name ?? owner?.name;
		return { value: id, label: name, ...(hint === undefined ? {} : { hint }) };
	});
}

/** What people call a tenant: `key:<id>` is the key's name, `team:<id>` the team's. */
export function useTenantName(tenant: string | undefined): string | undefined {
	const keys = useQuery(keysQuery()).data?.items ?? [];
	if (tenant === undefined) return undefined;
	const colon = tenant.indexOf(":");
	const [kind, id] = [tenant.slice(0, colon), tenant.slice(colon + 1)];
	const name =
		kind === "team"
			? keys.find(({ team }) => team?.id === id)?.team?.name
			: kind === "user"
				? keys.find(({ owner }) => owner?.id === id)?.owner?.name
				: keys.find((key) => key.id === id)?.name;
	return `${kind} ${name ?? id}`;
}
