import { describe, expect, it } from "vitest";
import { estimateRequest } from "./estimate-request.ts";
import { readMessageRequest } from "./message-request.ts";

function estimated(json: Record<string, unknown>): number {
	const full = { model: "m", ...json };
	return estimateRequest(full, readMessageRequest(full).segments);
}

const said = (content: unknown) => ({ messages: [{ role: "user", content }] });

describe("the estimate of a request's tokens", () => {
	it("is close for prose and grows with every part of the request", () => {
		const plain = estimated(said("The quick brown fox jumps over the lazy dog."));
		expect(plain).toBeGreaterThanOrEqual(10);
		expect(plain).toBeLessThanOrEqual(18);
		const system = { ...said("hi"), system: "Answer in one short sentence, please." };
		expect(estimated(system)).toBeGreaterThan(estimated(said("hi")));
		const tools = [{ name: "f", input_schema: { type: "object", properties: { city: {} } } }];
		expect(estimated({ ...said("hi"), tools })).toBeGreaterThan(estimated(said("hi")) + 10);
	});

	it("counts images and pages at a flat rate, wherever they stand", () => {
		const image = {
			type: "image",
			source: { type: "base64", media_type: "image/png", data: "QQ" },
		};
		const one = estimated(said([image]));
		expect(one).toBeGreaterThanOrEqual(1600);
		const inResult = { type: "tool_result", tool_use_id: "t", content: [image, image] };
		expect(estimated(said([inResult]))).toBeGreaterThanOrEqual(3200);
		const pdf = (bytes: number) => ({
			type: "document",
			source: { type: "base64", media_type: "application/pdf", data: "A".repeat(bytes) },
		});
		expect(estimated(said([pdf(200_000)]))).toBeGreaterThan(estimated(said([pdf(10)])));
		const inDocument = { type: "document", source: { type: "content", content: [image] } };
		expect(estimated(said([inDocument]))).toBe(one);
	});
});
