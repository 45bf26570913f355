import type { FindingRecord, SettledRecord } from "../../contract/settled-record.ts";
import { threatsSettings } from "../../contract/threat-settings.ts";
import type { Caller } from "../../pipeline/context.ts";
import type { Actor } from "../actors.ts";
import { actorsOfHead } from "../actors.ts";
import { createThreatLedger } from "../threat-ledger.ts";

/** A ledger with a clock of its own. */
export function createThreatWorld(
	settings: unknown = {},
	limits: { readonly actorsMax?: number; readonly bansMax?: number } = {},
) {
	let nowMs = 1_000_000;
	let current = threatsSettings.parse(settings);
	const desk = createThreatLedger({
		settings: () => current,
		now: () => nowMs,
		trustedProxies: ["198.51.100.0/24"],
		...limits,
	});
	const request = (
		who: Who,
		{ findings = [], errorCode = null, endpoint = "chat.completions", edgeScore = 0 }: Did = {},
	) => {
		const record = {
			...{ receivedAt: nowMs, requestId: "req_1", ip: who.ip ?? "192.0.2.7" },
			...{ findings, errorCode, endpoint },
			// The ledger reads no other part of a record.
		} as unknown as SettledRecord;
		desk.observe({ record, actors: actorsOf(who), edgeScore });
	};
	return {
		desk,
		request,
		standing: (who: Who) => desk.check(actorsOf(who)),
		score: (id: string) => desk.scores.peek(id),
		wait: (ms: number) => {
			nowMs += ms;
		},
		now: () => nowMs,
		configure: (next: unknown) => {
			current = threatsSettings.parse(next);
		},
	};
}

export interface Who {
	readonly ip?: string;
	readonly keyId?: string;
	readonly teamId?: string;
	readonly ownerId?: string;
	readonly endUser?: string;
	readonly session?: string;
	readonly fingerprint?: string;
}

interface Did {
	readonly findings?: readonly FindingRecord[];
	readonly errorCode?: string | null;
	readonly endpoint?: string;
	readonly edgeScore?: number;
}

export function actorsOf(who: Who): readonly Actor[] {
	const { ip = "192.0.2.7", keyId = "key", teamId = null, ownerId = null } = who;
	const { endUser, session, fingerprint } = who;
	const caller: Caller = {
		...{ kind: "key", keyId, ownerId, teamId },
		...{ allowedModels: [], allowedEndpoints: [], requestsPerMinute: null },
	};
	return actorsOfHead(caller, { ip, endUser, session, fingerprint });
}

export function finding(changes: Partial<FindingRecord> = {}): FindingRecord {
	return {
		guard: "prompt-injection",
		rule: "override",
		category: "injection",
		severity: "high",
		action: "block",
		source: "user",
		start: 0,
		end: 1,
		score: 0.9,
		...changes,
	};
}

export const attack = { findings: [finding()] };
