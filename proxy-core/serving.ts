import type { EndpointId, SettledRecord } from "./contract/settled-record.ts";
import type { CallerDialect } from "./dialects/define-dialect.ts";
import { geminiDialect } from "./dialects/gemini/dialect.ts";
import { GatewayError } from "./errors/gateway-error.ts";
import { toWire } from "./errors/to-wire.ts";
import type { Exchange } from "./http/exchange.ts";
import { sendError } from "./http/send-error.ts";
import type {
	Budgeted,
	Dispatched,
	Identified,
	Limited,
	Rated,
	Read,
	Received,
	Responded,
	Watched,
} from "./pipeline/context.ts";
import type { Pipeline } from "./pipeline/pipeline.ts";
import type { GatewayPorts } from "./ports.ts";
import type { Reservation } from "./quotas/reservation.ts";
import { signedExchange, wantsSignature } from "./signing/signed-exchange.ts";
import type { Arrival } from "./stages/receive.ts";
import { arrival, requestId } from "./stages/receive.ts";
import { settledRecord } from "./stages/settle.ts";

export interface Endpoint {
	readonly id: EndpointId;
	readonly path: string;
	readonly dialect: CallerDialect;
	readonly methods: readonly string[];
	readonly stages: Pipeline<
		Arrival,
		Received &
			Partial<
				Identified & Watched & Read & Rated & Limited & Budgeted & Pick<Dispatched, "answer">
			> &
			Responded
	>;
	/** Whether its requests belong in the ledger. */
	readonly isRecorded: boolean;
}

/** Runs endpoints: stages, then settle, then the last byte. Knows how many requests are under way. */
export interface Serving {
	readonly serve: (exchange: Exchange, endpoint: Endpoint) => Promise<void>;
	readonly isDraining: () => boolean;
	readonly drain: (timeoutMs: number) => Promise<void>;
}

export function createServing(ports: GatewayPorts): Serving {
	let running = 0;
	let isDraining = false;
	const idle = Promise.withResolvers<void>();
	return {
		isDraining: () => isDraining,
		serve: async (exchange, endpoint) => {
			running++;
			try {
				await answer(exchange, endpoint, { ports, isDraining });
			} catch (error) {
				// Reached only through a defect in settle or respond; the caller must not be left hanging.
				ports.log.error("A request could not be finished", { error });
				exchange.outgoing.end();
			} finally {
				running--;
				if (isDraining && running === 0) idle.resolve();
			}
		},
		drain: async (timeoutMs) => {
			isDraining = true;
			if (running === 0) return;
			const timer = setTimeout(idle.resolve, timeoutMs);
			await idle.promise;
			clearTimeout(timer);
		},
	};
}

interface State {
	readonly ports: GatewayPorts;
	readonly isDraining: boolean;
}

async function answer(
	arrived: Exchange,
	endpoint: Endpoint,
	{ ports, isDraining }: State,
): Promise<void> {
	const snapshot = ports.snapshots.current();
	const start = arrival({
		exchange: wantsSignature(arrived, snapshot)
			? signedExchange(arrived, {
					...ports,
					policyVersion: snapshot.version,
					hasComments: endpoint.dialect.streamForm === undefined,
				})
			: arrived,
		endpoint: endpoint.id,
		dialect: endpoint.dialect,
		methods: endpoint.methods,
		snapshot,
		now: ports.now(),
	});
	if (isDraining) {
		sendError(start, new GatewayError("limit.draining"));
		return;
	}
	ports.meter.requestStarted();
	const run = await endpoint.stages.run(start, start.trace);
	const error = run.ok ? run.context.cutBy : run.error;
	if (error !== undefined && !GatewayError.is(error)) {
		ports.log.error("A stage failed unexpectedly", { requestId: start.requestId, error });
	}
	const bytesLeft = run.ok
		? run.context.bytesLeft
		: Buffer.byteLength(toWire(run.error, start.requestId, start.dialect.encodeError).body);
	const record = settledRecord({ known: run.context, error, node: ports.node, bytesLeft });
	ports.meter.requestSettled(record);
	const { actors, edgeScore = 0 } = run.context;
	ports.threats.observe({ record, actors, edgeScore });
	// A stage after dispatch refused: nobody will read the rest of the answer.
	if (!run.ok) run.context.answer?.cancel();
	keepRecording(run.context, record, ports);
	const { counted, reservation, spending } = run.context;
	settleReservation(counted, record);
	settleReservation(reservation, record);
	settleReservation(spending, record);
	try {
		if (endpoint.isRecorded && !isFlood(record)) await ports.journal.append(record);
	} catch (cause) {
		ports.log.error("The journal refused a record", { requestId: start.requestId, error: cause });
		const unavailable = new GatewayError("internal.unavailable", { cause });
		if (run.ok) run.context.fail(unavailable);
		else sendError(start, unavailable);
		return;
	}
	if (run.ok) run.context.finish();
	else sendError(start, run.error);
}

/** Hands the request to the recorder when operators want it kept; uploads are not. */
function keepRecording(
	{ snapshot, endpoint, caller, body, formText }: Received & Partial<Identified & Read>,
	{ requestId, receivedAt, action }: SettledRecord,
	{ recorder }: GatewayPorts,
): void {
	if (!snapshot.settings.recording.isOn) return;
	if (caller === undefined || body === undefined || formText !== undefined) return;
	recorder.record({ requestId, receivedAt, endpoint, caller, body, action });
}

/** Once the record is made nothing can change what was used; the journal carries the same numbers. */
function settleReservation(reserved: Reservation | undefined, record: SettledRecord): void {
	if (record.usage === null) {
		reserved?.release();
		return;
	}
	reserved?.settle({
		requests: 1,
		tokens: isFromMemory(record) ? 0 : record.usage.inputTokens + record.usage.outputTokens,
		usd: record.costMicroUsd ?? 0,
		servedBy: `${record.provider}/${record.model}`,
	});
}

/** No provider said these tokens, not for this request at least. */
function isFromMemory({ cache }: SettledRecord): boolean {
	return cache !== null && cache !== "miss" && cache !== "bypass";
}

/** Strangers over their limit are counted, not recorded: they must not be able to fill the disk. */
function isFlood(record: SettledRecord): boolean {
	return (
		record.errorCode === "rate_limit_exceeded" && record.keyId === null && record.userId === null
	);
}

/** An SDK that calls a path that is not here gets an error that it can show. */
export function refuseUnknownPath({ incoming, outgoing }: Exchange, now: number): boolean {
	const { path } = incoming;
	const isGoogles = path === "/v1beta" || path.startsWith("/v1beta/");
	if (!isGoogles && path !== "/v1" && !path.startsWith("/v1/")) return false;
	const message = isGoogles ? hintForGoogles(path) : hintFor(path);
	const error = new GatewayError("route.unknown_path", message === undefined ? {} : { message });
	const wire = toWire(error, requestId(now), isGoogles ? geminiDialect.encodeError : undefined);
	outgoing.begin(wire.status, wire.headers);
	outgoing.end(wire.body);
	return true;
}

function hintFor(path: string): string | undefined {
	if (!path.startsWith("/v1/responses/")) return undefined;
	return "Stored responses are not offered here; send the whole conversation in `input` to POST /v1/responses.";
}

function hintForGoogles(path: string): string | undefined {
	if (!/:(?:batchE|e)mbedContents?$/.test(path)) return undefined;
	return "Embeddings are not offered in the shape of Google's API; send them to POST /v1/embeddings.";
}
