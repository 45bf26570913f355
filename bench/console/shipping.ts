import type { Pool } from "pg";
import { insertLines } from "../../lib/server/journal/insert-lines.ts";
import type { SettledRecord } from "../../proxy-core/contract/settled-record.ts";

const batches = 8;
const batchLines = 5000;

/** How fast lines of the journal become rows: batches as large as the shipper's, one after the other. */
export async function measureShipping(pool: Pool): Promise<{ readonly rowsPerSecond: number }> {
	const now = Date.now();
	const made = Array.from({ length: batches + 2 }, (_, batch) =>
		Array.from({ length: batchLines }, (_line, index) =>
			JSON.stringify(madeRecord(batch * batchLines + index, now)),
		),
	);
	const [first = [], second = [], ...measured] = made;
	await insertLines(pool, first);
	await insertLines(pool, second);
	const start = performance.now();
	for (const lines of measured) await insertLines(pool, lines);
	const seconds = (performance.now() - start) / 1000;
	await pool.query("TRUNCATE ledger_entries, usage_rollups, usage_summaries, usage_dimensions");
	return { rowsPerSecond: (batches * batchLines) / seconds };
}

/** Of one of 300 keys with three models each, with the stages of a chat. */
function madeRecord(index: number, now: number): SettledRecord {
	const key = (index * 7919) % 300;
	const model = (key * 7 + (index % 3) * 5) % 48;
	const provider = `provider-${model % 12}`;
	return {
		version: 1,
		requestId: `req_ship${index}`,
		node: "bench",
		receivedAt: now + index,
		endpoint: "chat.completions",
		outcome: "answered",
		status: 200,
		errorCode: null,
		keyId: `key${key}`,
		ownerId: `user${key % 60}`,
		teamId: `team${key % 20}`,
		userId: null,
		ip: `192.0.2.${key % 250}`,
		userAgent: "bench/1.0",
		requestedModel: `${provider}/model-${model}`,
		route: null,
		provider,
		model: `model-${model}`,
		isStreaming: index % 2 === 0,
		usage: { inputTokens: 900, outputTokens: 200, cachedInputTokens: 90, estimated: false },
		costMicroUsd: 1234,
		isUnpriced: false,
		priceVersion: "1",
		cache: "miss",
		charges: [],
		durationMs: 300 + (index % 4000),
		overheadMs: 0.4,
		firstByteMs: 120,
		requestBytes: 4000,
		responseBytes: 900,
		action: "allow",
		tags: index % 3 === 0 ? [] : [`env-${key % 3}`],
		endUser: null,
		session: null,
		stages: Array.from({ length: 18 }, (_, stage) => [`stage-${stage}`, stage * 40, 35]),
		findings: [],
		attempts: [{ provider, model: `model-${model}`, startMs: 0.4, durationMs: 812, status: 200 }],
	};
}
