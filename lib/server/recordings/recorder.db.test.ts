import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PrismaClient } from "../../../prisma/generated/client.ts";
import { defaultSettings } from "../../../proxy-core/contract/settings.ts";
import type { RecordedRequest } from "../../../proxy-core/ports.ts";
import type { TestDatabase } from "../database/test-database.ts";
import { createTestDatabase } from "../database/test-database.ts";
import { findRecording, listRecordings, pruneRecordings } from "../repositories/recordings.ts";
import { createSecretBox } from "../secrets/secret-box.ts";
import { recordingBinding, startRecorder } from "./recorder.ts";

const now = Date.parse("2026-01-01T00:00:00Z");
const isOn = { ...defaultSettings.recording, isOn: true };
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const secretBox = createSecretBox({ subKey: () => new Uint8Array(32) });

function requestOf(requestId: string, hoursAgo = 0): RecordedRequest {
	return {
		requestId,
		receivedAt: now - hoursAgo * 3_600_000,
		endpoint: "chat.completions",
		caller: { kind: "console", userId: "somebody" },
		body: Buffer.from(`{"said":"${requestId} in clear"}`),
		action: "allow",
	};
}

describe("startRecorder", () => {
	let database: TestDatabase;
	let prisma: PrismaClient;

	beforeAll(async () => {
		database = await createTestDatabase();
		prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url }) });
	});
	afterAll(async () => {
		await prisma.$disconnect();
		await database.drop();
	});

	const recordAll = async (...requests: readonly RecordedRequest[]) => {
		const recorder = startRecorder({
			...{ prisma, secretBox, log: quiet },
			settings: () => isOn,
			now: () => now,
		});
		for (const request of requests) recorder.record(request);
		await recorder.stop();
	};

	it("stores requests so that only their own id opens them", async () => {
		await recordAll(requestOf("req_a"), requestOf("req_b"));
		const stored = await findRecording(prisma, "req_a");
		const sealed = stored?.sealed ?? new Uint8Array();
		expect(Buffer.from(sealed).includes("clear")).toBe(false);
		expect(secretBox.open(sealed, recordingBinding("req_a"))).toContain("req_a in clear");
		expect(() => secretBox.open(sealed, recordingBinding("req_b"))).toThrow();
	});

	it("forgets what is too old, then the oldest of what is too many, and everything once it is off", async () => {
		await recordAll(requestOf("old", 100), requestOf("older", 2), requestOf("newer", 1));
		const idsAfter = async (settings: typeof isOn) => {
			await pruneRecordings(prisma, settings, now);
			return (await listRecordings(prisma, 10)).map(({ requestId }) => requestId);
		};
		expect(await idsAfter(isOn)).not.toContain("old");
		expect(await idsAfter({ ...isOn, entriesMax: 2 })).toEqual(
			expect.not.arrayContaining(["older", "newer"]),
		);
		expect(await idsAfter({ ...isOn, isOn: false })).toEqual([]);
	});
});
