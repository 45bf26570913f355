import type { PrismaClient } from "../../../prisma/generated/client.ts";
import type { Settings } from "../../../proxy-core/contract/settings.ts";
import type { Log, RecordedRequest, Recorder } from "../../../proxy-core/ports.ts";
import { addRecordings, pruneRecordings } from "../repositories/recordings.ts";
import type { SecretBox } from "../secrets/secret-box.ts";

/** What may wait for the database; more is left out, so that a slow database costs no memory. */
const waitingBytesMax = 32 * 1024 * 1024;
const flushMs = 1000;
const pruneEvery = 30;

export interface RunningRecorder extends Recorder {
	/** Writes what waits, and stops. */
	readonly stop: () => Promise<void>;
}

interface RecorderOptions {
	readonly prisma: PrismaClient;
	readonly secretBox: SecretBox;
	readonly settings: () => Settings["recording"];
	readonly log: Log;
	readonly now: () => number;
}

/** Seals requests and writes them in batches, off the request path. */
export function startRecorder(options: RecorderOptions): RunningRecorder {
	const { prisma, secretBox, settings, log, now } = options;
	let waiting: RecordedRequest[] = [];
	let waitingBytes = 0;
	let leftOut = 0;
	let rounds = 0;
	let running: Promise<void> = Promise.resolve();

	const flush = async (): Promise<void> => {
		const batch = waiting;
		waiting = [];
		waitingBytes = 0;
		try {
			if (leftOut > 0) log.warn("Requests were not recorded: the database is slow", { leftOut });
			leftOut = 0;
			if (batch.length > 0) {
				await addRecordings(
					prisma,
					batch.map((request) => ({ request, sealed: seal(secretBox, request) })),
				);
			}
			rounds += 1;
			if (rounds % pruneEvery === 1) await pruneRecordings(prisma, settings(), now());
		} catch (error) {
			log.warn("Requests could not be recorded", { count: batch.length, error });
		}
	};
	const timer = setInterval(() => {
		running = running.then(flush);
	}, flushMs);
	timer.unref();
	return {
		record: (request) => {
			if (waitingBytes + request.body.byteLength > waitingBytesMax) {
				leftOut += 1;
				return;
			}
			waitingBytes += request.body.byteLength;
			waiting.push(request);
		},
		stop: async () => {
			clearInterval(timer);
			await running;
			await flush();
		},
	};
}

/** A recording opens only under its own request id. */
export function recordingBinding(requestId: string): string {
	return `recording:${requestId}`;
}

function seal(secretBox: SecretBox, { body, requestId }: RecordedRequest) {
	return secretBox.seal(Buffer.from(body).toString("utf8"), recordingBinding(requestId));
}
