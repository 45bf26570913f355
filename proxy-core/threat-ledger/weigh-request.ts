import type { FindingRecord, SettledRecord } from "../contract/settled-record.ts";
import type { PointLayer, ThreatsSettings } from "../contract/threat-settings.ts";
import type { Severity } from "../contract/threats.ts";

/** Why points were added. */
export interface Cause {
	/** Epoch milliseconds. */
	readonly at: number;
	readonly layer: PointLayer;
	readonly rule: string;
	readonly points: number;
	/** Null: not a request, or not one that is recorded. */
	readonly requestId: string | null;
}

const pointsOf: Readonly<Record<Severity, number>> = { low: 0.5, medium: 1, high: 2, critical: 4 };
/** However many rules one request breaks: nobody is banned for a single one. */
const requestPointsMax = 4;

const layerOfGuard: Readonly<Record<string, PointLayer>> = {
	firewall: "firewall",
	trajectory: "trajectory",
	privacy: "privacy",
	mask: "privacy",
	"personal-data": "privacy",
	"secret-leak": "secrets",
};

/** Refusals without a finding that count all the same, by the code that callers see. */
const refusals: Readonly<Record<string, readonly [layer: PointLayer, severity: Severity]>> = {
	missing_api_key: ["credentials", "low"],
	invalid_api_key: ["credentials", "medium"],
	expired_api_key: ["credentials", "low"],
	revoked_api_key: ["credentials", "high"],
	rate_limit_exceeded: ["limits", "medium"],
	token_limit_exceeded: ["limits", "medium"],
	too_many_parallel_requests: ["limits", "low"],
};

/**
 * What a settled request counts against those it came from: of each layer the weightiest finding.
 * Blocked findings count in full, flagged and monitored ones in part, redacted ones not at all: whoever
 * writes a name or a number into a prompt attacks nobody. Asking the moderation endpoint about a bad
 * text is no attack either.
 */
export function weighRequest(record: SettledRecord, settings: ThreatsSettings): readonly Cause[] {
	const worst = new Map<PointLayer, Cause>();
	const count = (layer: PointLayer, rule: string, points: number): void => {
		if (points <= (worst.get(layer)?.points ?? 0)) return;
		const requestId = isRecorded(record) ? record.requestId : null;
		worst.set(layer, { at: record.receivedAt, layer, rule, points, requestId });
	};
	if (record.endpoint !== "moderations") {
		for (const finding of record.findings) {
			const layer = layerOf(finding);
			const points = pointsOf[finding.severity ?? "medium"] * shareOf(finding, settings);
			count(layer, `${finding.guard}/${finding.rule}`, points * weightOf(layer, settings));
		}
	}
	const refusal = refusals[record.errorCode ?? ""];
	if (refusal !== undefined) {
		const [layer, severity] = refusal;
		count(layer, record.errorCode ?? layer, pointsOf[severity] * weightOf(layer, settings));
	}
	return worst.size === 0 ? none : withinBound([...worst.values()]);
}

/** Strangers over their limit are counted and not recorded, so nothing could be looked up. */
function isRecorded({ errorCode, keyId, userId }: SettledRecord): boolean {
	return errorCode !== "rate_limit_exceeded" || keyId !== null || userId !== null;
}

const none: readonly Cause[] = [];

/** What one event outside of requests counts. */
export function weighEvent(
	event: Pick<Cause, "at" | "layer" | "rule" | "requestId"> & { readonly severity: Severity },
	settings: ThreatsSettings,
): Cause {
	const { severity, ...cause } = event;
	return { ...cause, points: pointsOf[severity] * weightOf(event.layer, settings) };
}

/** The edge's own opinion, 0 to 1; below one half it says nothing. */
export function weighEdge(
	score: number,
	{ receivedAt: at, requestId }: Pick<SettledRecord, "receivedAt" | "requestId">,
	settings: ThreatsSettings,
): Cause | undefined {
	const points = Math.max(0, score - 0.5) * 2 * settings.weights.edge;
	return points === 0 ? undefined : { at, requestId, layer: "edge", rule: "edge-score", points };
}

export function weightOf(layer: PointLayer, { weights }: ThreatsSettings): number {
	return layer === "sign-in" ? weights.signIn : weights[layer];
}

function layerOf({ guard, category, source }: FindingRecord): PointLayer {
	const own = layerOfGuard[guard];
	if (own !== undefined) return own;
	if (source.startsWith("answer")) return "answer";
	if (category === "personal-data") return "privacy";
	return category === "secret" ? "secrets" : "shield";
}

function shareOf({ action, wouldBe }: FindingRecord, settings: ThreatsSettings): number {
	if (wouldBe !== undefined) return wouldBe === "block" ? settings.monitoredShare : 0;
	if (action === "block") return 1;
	return action === "flag" ? settings.flaggedShare : 0;
}

function withinBound(causes: readonly Cause[]): readonly Cause[] {
	const total = causes.reduce((sum, { points }) => sum + points, 0);
	if (total <= requestPointsMax) return causes;
	return causes.map((cause) => ({ ...cause, points: (cause.points * requestPointsMax) / total }));
}
