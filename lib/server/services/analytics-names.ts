import type { PrismaClient } from "../../../prisma/generated/client.ts";
import type { Analytics, AnalyticsGroup } from "../../contracts/analytics.ts";
import { namesOf } from "../repositories/requests.ts";

/** What a group is called; its id when it has no other name or is gone. */
export type GroupNames = (id: string | null) => string;

const withoutGroup: Readonly<Record<AnalyticsGroup, string>> = {
	model: "No model",
	provider: "No provider",
	route: "No route",
	endpoint: "No endpoint",
	team: "No team",
	user: "Nobody",
	key: "No key",
	tag: "No tag",
	error: "No error",
};

const noIds = { keyId: null, userId: null, ownerId: null, teamId: null } as const;

/** Names of the keys, people or teams with these ids. */
export async function readGroupNames(
	prisma: PrismaClient,
	group: AnalyticsGroup,
	ids: readonly (string | null)[],
): Promise<GroupNames> {
	const column = group === "key" ? "keyId" : group === "team" ? "teamId" : "userId";
	const isNamed = group === "key" || group === "team" || group === "user";
	const rows = isNamed ? ids.map((id) => ({ ...noIds, [column]: id })) : [];
	const names = await namesOf(prisma, rows);
	return (id) => (id === null ? withoutGroup[group] : (names.get(id) ?? id));
}

export async function readFilterNames(
	prisma: PrismaClient,
	{ teamId = null, userId = null, keyId = null }: FilterIds,
): Promise<Analytics["filterNames"]> {
	const names = await namesOf(prisma, [{ ...noIds, teamId, userId, keyId }]);
	const told = Object.entries({ teamId, userId, keyId }).flatMap(([name, id]) => {
		const called = id === null ? undefined : names.get(id);
		return called === undefined ? [] : [[name, called] as const];
	});
	return Object.fromEntries(told);
}

interface FilterIds {
	readonly teamId?: string | null | undefined;
	readonly userId?: string | null | undefined;
	readonly keyId?: string | null | undefined;
}
