import { describe, expect, it } from "vitest";
import {
	describeEnding,
	errorTitle,
	formatStep,
	gatewayMs,
	servedElsewhere,
	servedModel,
} from "./request-words.ts";

const answered = {
	outcome: "answered",
	status: 200,
	errorCode: null,
	durationMs: 1240,
	provider: "openai",
	model: "x",
} as const;

describe("describeEnding", () => {
	it("says by whom and how fast it was answered", () => {
		expect(describeEnding(answered)).toBe("Answered by openai/x in 1.24 s.");
		expect(describeEnding({ ...answered, provider: null })).toBe("Answered in 1.24 s.");
	});

	it("says why it was refused, whatever code was stored", () => {
		const refused = { ...answered, outcome: "refused", status: 403 } as const;
		expect(describeEnding({ ...refused, errorCode: "guardrail_blocked" })).toBe(
			"Refused with status 403: the request was blocked by policy.",
		);
		expect(describeEnding({ ...refused, errorCode: "from_elsewhere" })).toBe(
			"Refused with status 403: code from_elsewhere.",
		);
	});

	it("says that the caller hung up", () => {
		expect(describeEnding({ ...answered, outcome: "cancelled" })).toBe(
			"The caller hung up after 1.24 s.",
		);
	});
});

describe("errorTitle", () => {
	it("knows the wire's code and the catalogue's name of the same error", () => {
		expect(errorTitle("upstream_failed")).toBe(errorTitle("upstream.failed"));
		expect(errorTitle("nothing")).toBeUndefined();
	});
});

describe("served models", () => {
	it("are named only where they differ from what was asked for", () => {
		const request = { requestedModel: "openai/x", provider: "openai", model: "x" };
		expect(servedElsewhere(request)).toBeNull();
		expect(servedElsewhere({ ...request, requestedModel: "fast" })).toBe("openai/x");
		expect(servedModel({ provider: null, model: null })).toBeNull();
	});
});

describe("gatewayMs", () => {
	it("is never longer than the request", () => {
		expect(gatewayMs({ overheadMs: 0.9, durationMs: 400 })).toBe(0.9);
		expect(gatewayMs({ overheadMs: 0.51, durationMs: 0.5 })).toBe(0.5);
	});
});

describe("formatStep", () => {
	it("does not round short steps away to zero", () => {
		expect(formatStep(0.003)).toBe("3 µs");
		expect(formatStep(0)).toBe("0 µs");
		expect(formatStep(1.254)).toBe("1.25 ms");
		expect(formatStep(1240)).toBe("1.24 s");
	});
});
