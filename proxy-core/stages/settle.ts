import { accountFor } from "../accounting/account.ts";
import { errorCatalogue } from "../contract/errors.ts";
import type { Outcome, SettledRecord } from "../contract/settled-record.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type {
	Authorised,
	Budgeted,
	Dispatched,
	Identified,
	Limited,
	Parsed,
	Read,
	Received,
	Remembered,
	Responded,
	Shielded,
	Watched,
} from "../pipeline/context.ts";
import { rounded } from "../pipeline/trace.ts";

type Known = Received &
	Partial<
		Identified &
			Watched &
			Read &
			Parsed &
			Authorised &
			Shielded &
			Limited &
			Budgeted &
			Remembered &
			Dispatched &
			Responded
	>;

/** Longest text kept of what callers send about themselves. */
const labelLengthMax = 256;

interface SettleInput {
	readonly known: Known;
	readonly error: unknown;
	readonly node: string;
	/** Bytes of the answer that leave after this record was written. */
	readonly bytesLeft: number;
}

/** Everything that is remembered about a request, whatever became of it. */
export function settledRecord({ known, error, node, bytesLeft }: SettleInput): SettledRecord {
	const { exchange, trace, caller, request, target } = known;
	const account = accountOf(known);
	const code =
		error === undefined ? null : GatewayError.is(error) ? error.code : "internal.unexpected";
	const isKey = caller?.kind === "key";
	const durationMs = trace.elapsedMs();
	// Whoever was asked last is the one that failed, when nobody answered.
	const tried = trace.attempts.at(-1);
	return {
		version: 1,
		requestId: known.requestId,
		node,
		receivedAt: known.receivedAt,
		endpoint: known.endpoint,
		outcome: outcomeOf(error),
		status: statusOf(known, error),
		errorCode: code === null ? null : errorCatalogue[code].code,
		keyId: isKey ? caller.keyId : null,
		ownerId: isKey ? caller.ownerId : null,
		teamId: isKey ? caller.teamId : null,
		userId: caller?.kind === "console" ? caller.userId : null,
		ip: exchange.incoming.ip,
		userAgent: (exchange.incoming.headers["user-agent"] ?? "").slice(0, labelLengthMax),
		requestedModel: request?.model.slice(0, labelLengthMax) ?? null,
		route: known.affordable?.route ?? known.plan?.route ?? null,
		provider: target?.providerId ?? tried?.provider ?? null,
		model: target?.model ?? tried?.model ?? null,
		isStreaming: request?.isStreaming ?? false,
		...account,
		priceVersion: account.costMicroUsd === null ? null : known.snapshot.priceVersion,
		cache: known.cache ?? null,
		charges: chargesOf(known, account.costMicroUsd),
		durationMs: rounded(durationMs),
		overheadMs: rounded(Math.max(0, durationMs - trace.waitedMs())),
		firstByteMs: known.tally?.firstByteMs === undefined ? null : rounded(known.tally.firstByteMs),
		requestBytes: known.body?.byteLength ?? 0,
		responseBytes: exchange.outgoing.bytesSent() + bytesLeft,
		action: trace.action(),
		tags: trace.labels.tags,
		...saidOfCaller(known),
		stages: trace.stages,
		findings: trace.findings,
		attempts: trace.attempts,
	};
}

/** The head names them long before plugins read labels, which a refused request never reaches. */
function saidOfCaller({ trace, labels, fingerprint, country }: Known) {
	return {
		endUser: trace.labels.endUser ?? labels?.endUser ?? null,
		session: trace.labels.session ?? labels?.session ?? null,
		...(fingerprint === undefined ? {} : { fingerprint }),
		...(country === undefined ? {} : { country }),
	};
}

/** Only a cost that is known can be charged. */
function chargesOf({ spending, target }: Known, costMicroUsd: number | null) {
	if (spending === undefined || target === undefined || costMicroUsd === null) return [];
	return spending
		.chargesOf(target.id)
		.map(([counter, start]): [string, number] => [counter, start]);
}

/** Usage and cost count whenever a provider was reached: also for answers that were withheld or cut off. */
function accountOf({ tally, target, request, isPaid }: Known) {
	if (
		tally === undefined ||
		target === undefined ||
		request === undefined ||
		isPaid === undefined
	) {
		return { usage: null, costMicroUsd: null, isUnpriced: false };
	}
	return accountFor({ tally, target, request, isPaid });
}

function outcomeOf(error: unknown): Outcome {
	if (error === undefined) return "answered";
	if (!GatewayError.is(error)) return "failed";
	if (error.code === "request.cancelled") return "cancelled";
	const family = error.code.slice(0, error.code.indexOf("."));
	return family === "upstream" || family === "internal" ? "failed" : "refused";
}

function statusOf(known: Known, error: unknown): number {
	if (error === undefined) return known.status ?? 200;
	// A stream that broke had already said 200.
	if (known.exchange.outgoing.hasBegun()) return 200;
	return GatewayError.is(error) ? error.status : 500;
}
