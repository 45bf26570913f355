import { setImmediate } from "node:timers/promises";
import type { Recording } from "../../../prisma/generated/client.ts";
import type { Inspection } from "../../../proxy-core/inspection/inspect-request.ts";
import type { Snapshot } from "../../../proxy-core/snapshot.ts";
import type { ReplayResult } from "../../contracts/inspections.ts";
import { listRecordings } from "../repositories/recordings.ts";
import { runtime } from "../runtime.ts";
import { openRecording } from "./open-recording.ts";

interface ReplayOptions {
	readonly change: Readonly<Record<string, unknown>>;
	readonly count: number;
	readonly signal: AbortSignal;
}

type Item = ReplayResult["items"][number];
const itemsMax = 200;

/**
 * Judges the last recorded requests under the policy in force and under a changed one. Both are run now,
 * so that a difference is the change's and not time's. Lets other requests through after each.
 */
export async function replayRecordings(options: ReplayOptions): Promise<ReplayResult> {
	const { prisma, snapshot, configuration } = runtime();
	const startedAt = performance.now();
	const current = snapshot();
	const changed = await configuration.changedPolicy(options.change);
	const rows = await listRecordings(prisma, options.count);
	const items: Item[] = [];
	const moves = new Map<string, ReplayResult["moves"][number]>();
	let replayed = 0;
	let same = 0;
	for (const row of rows) {
		if (options.signal.aborted) break;
		const item = await compare(row, { current, changed, signal: options.signal });
		await setImmediate();
		if (item === undefined) continue;
		replayed += 1;
		if (item.from === item.to && item.newRules.length + item.goneRules.length === 0) {
			same += 1;
			continue;
		}
		const move = `${item.from} ${item.to}`;
		const { count = 0 } = moves.get(move) ?? {};
		moves.set(move, { from: item.from, to: item.to, count: count + 1 });
		if (items.length < itemsMax) items.push(item);
	}
	return {
		replayed,
		skipped: rows.length - replayed,
		same,
		moves: [...moves.values()].toSorted((a, b) => b.count - a.count),
		items,
		durationMs: Math.round(performance.now() - startedAt),
	};
}

interface Policies {
	readonly current: Snapshot;
	readonly changed: Snapshot;
	readonly signal: AbortSignal;
}

/** Undefined for a recording that cannot be judged. */
async function compare(
	row: Recording,
	{ current, changed, signal }: Policies,
): Promise<Item | undefined> {
	const { gateway, secretBox } = runtime();
	try {
		const subject = openRecording(row, secretBox);
		const before = await gateway.inspect({ ...subject, snapshot: current, signal });
		const after = await gateway.inspect({ ...subject, snapshot: changed, signal });
		const [known, found] = [rulesOf(before), rulesOf(after)];
		return {
			requestId: row.requestId,
			at: row.receivedAt.toISOString(),
			endpoint: row.endpoint,
			keyId: row.keyId,
			from: before.action,
			to: after.action,
			newRules: found.filter((rule) => !known.includes(rule)),
			goneRules: known.filter((rule) => !found.includes(rule)),
		};
	} catch {
		return undefined;
	}
}

function rulesOf({ findings }: Inspection): readonly string[] {
	return [...new Set(findings.map(({ guard, rule }) => `${guard}/${rule}`))];
}
