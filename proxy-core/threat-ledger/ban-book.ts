import type { ActorKind } from "../contract/threat-settings.ts";
import type { Actor } from "./actors.ts";
import { actorId } from "./actors.ts";
import type { AddressRanges } from "./address-ranges.ts";
import { createAddressRanges } from "./address-ranges.ts";

/** Who is kept out, and until when. */
export interface Ban {
	readonly kind: ActorKind;
	/** As in `Actor`; addresses and ranges in their canonical form; or a name alone, for every tenant. */
	readonly value: string;
	/** Epoch milliseconds; null: until somebody lifts it. */
	readonly untilMs: number | null;
}

/** Bans in force on this node. Looking one up takes the same time however many there are. */
export interface BanBook {
	readonly find: (actor: Actor) => Ban | undefined;
	/** Whether there is a ban in force of exactly this actor. */
	readonly holds: (kind: ActorKind, value: string) => boolean;
	readonly put: (ban: Ban) => void;
	readonly remove: (ban: Pick<Ban, "kind" | "value">) => void;
	/** What the database has; bans that it cannot know of yet stay. */
	readonly replace: (all: readonly Ban[], isUnstored: (ban: Ban) => boolean) => void;
	readonly size: () => number;
}

interface Options {
	readonly bansMax: number;
	/** Epoch milliseconds. */
	readonly now: () => number;
}

interface Shelves {
	readonly byId: Map<string, Ban>;
	/** Addresses and ranges again. */
	readonly ranges: AddressRanges<Ban>;
}

export function createBanBook({ bansMax, now }: Options): BanBook {
	let shelves = emptyShelves();
	const isOver = ({ untilMs }: Ban) => untilMs !== null && untilMs <= now();
	const forget = (ban: Pick<Ban, "kind" | "value">) => {
		shelves.byId.delete(actorId(ban.kind, ban.value));
		if (ban.kind === "ip") shelves.ranges.remove(ban.value);
	};
	const inForce = (ban: Ban | undefined): Ban | undefined => {
		if (ban === undefined || !isOver(ban)) return ban;
		forget(ban);
		return undefined;
	};
	const findAddress = (address: string): Ban | undefined => {
		// A narrow ban that is over may hide a wider one.
		for (let tries = 0; tries < rangeTriesMax; tries += 1) {
			const found = shelves.ranges.find(address);
			if (found === undefined) return undefined;
			if (inForce(found) !== undefined) return found;
		}
		return undefined;
	};
	const put = (ban: Ban) => {
		if (isOver(ban)) return;
		const id = actorId(ban.kind, ban.value);
		shelves.byId.delete(id);
		if (shelves.byId.size >= bansMax) makeRoom(shelves.byId, forget);
		shelves.byId.set(id, ban);
		if (ban.kind === "ip") shelves.ranges.put(ban.value, ban);
	};
	return {
		find: (actor) => {
			if (shelves.byId.size === 0) return undefined;
			if (actor.address !== undefined) return findAddress(actor.address);
			const own = inForce(shelves.byId.get(actor.id));
			if (own !== undefined || actor.anywhere === undefined) return own;
			return inForce(shelves.byId.get(actor.anywhere));
		},
		holds: (kind, value) => inForce(shelves.byId.get(actorId(kind, value))) !== undefined,
		put,
		remove: forget,
		replace: (all, isUnstored) => {
			const unstored = [...shelves.byId.values()].filter(isUnstored);
			shelves = emptyShelves();
			for (const ban of [...all, ...unstored]) put(ban);
		},
		size: () => shelves.byId.size,
	};
}

/** Lengths of IPv6 ranges. */
const rangeTriesMax = 129;

function emptyShelves(): Shelves {
	return { byId: new Map(), ranges: createAddressRanges() };
}

/** The oldest goes; the database still has it, and it comes back when there is room. */
function makeRoom(byId: ReadonlyMap<string, Ban>, forget: (ban: Ban) => void): void {
	const oldest = byId.values().next();
	if (oldest.done !== true) forget(oldest.value);
}
