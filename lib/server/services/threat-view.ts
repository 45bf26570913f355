import { severities, threatCategories } from "../../../proxy-core/contract/threats.ts";
import { segmentSources, verdictActions } from "../../../proxy-core/contract/verdict.ts";
import type { ThreatEvent } from "../../contracts/threats.ts";
import { threatLayers } from "../../contracts/threats.ts";
import type { ThreatRow } from "../repositories/threats.ts";

const sources = [...segmentSources, "request"] as const;

/**
 * An event as the API shows it. The journal is written by the version that served the request, so words
 * that this one does not know become the nearest that it does.
 */
export function toThreat(row: ThreatRow, names: ReadonlyMap<string, string>): ThreatEvent {
	const named = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? null });
	return {
		id: threatId(row),
		requestId: row.requestId,
		at: row.at.toISOString(),
		layer: threatLayers.find((layer) => layer === row.layer) ?? "shield",
		guard: row.guard,
		rule: row.rule,
		category: threatCategories.find((category) => category === row.category) ?? "other",
		severity: severities.find((severity) => severity === row.severity) ?? "medium",
		action: verdictActions.find((action) => action === row.action) ?? "flag",
		wouldBe: verdictActions.find((action) => action === row.wouldBe) ?? null,
		source: sources.find((source) => source === row.source) ?? "metadata",
		score: row.score,
		ip: row.ip,
		key: named(row.keyId),
		team: named(row.teamId),
		person: named(row.userId),
		endUser: row.endUser,
		session: row.session,
		fingerprint: row.fingerprint,
		country: row.country,
		model: row.model,
		endpoint: row.endpoint,
	};
}

export function threatId({ requestId, index }: Pick<ThreatRow, "requestId" | "index">): string {
	return `${requestId}.${index}`;
}

/** Undefined for what is no id of an event. */
export function readThreatId(
	id: string,
): { readonly requestId: string; readonly index: number } | undefined {
	const parts = /^(.{1,200})\.(\d{1,6})$/.exec(id);
	if (parts === null) return undefined;
	const [, requestId = "", index = ""] = parts;
	return { requestId, index: Number(index) };
}
