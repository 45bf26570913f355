import type { SettledRecord } from "../../../../proxy-core/contract/settled-record.ts";

/** A plausible answered request; every test changes what it is about. */
export function settledRecord(
	changes: Partial<SettledRecord> & { requestId: string },
): SettledRecord {
	return {
		version: 1,
		node: "test",
		receivedAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
		endpoint: "chat.completions",
		outcome: "answered",
		status: 200,
		errorCode: null,
		keyId: null,
		ownerId: null,
		teamId: null,
		userId: null,
		ip: "127.0.0.1",
		userAgent: "test",
		requestedModel: "simulator/echo",
		provider: "simulator",
		model: "echo",
		isStreaming: false,
		usage: { inputTokens: 12, outputTokens: 5, reasoningTokens: 0, estimated: false },
		costMicroUsd: 17,
		isUnpriced: false,
		priceVersion: "2026-01-01",
		durationMs: 12.5,
		overheadMs: 0.25,
		firstByteMs: 11,
		requestBytes: 120,
		responseBytes: 340,
		action: "allow",
		tags: ["a", 'b"c'],
		endUser: null,
		session: null,
		stages: [["receive", 0, 100]],
		findings: [],
		attempts: [{ provider: "simulator", model: "echo", startMs: 1, durationMs: 10, status: 200 }],
		...changes,
	};
}
