import { describe, expect, test } from "vitest";
import { addressOf } from "./call.ts";
import { ClientProblem, describeProblem, problemOf } from "./problem.ts";
import { signInProblem } from "./sign-in.ts";
import { readRange } from "./use-time-range.ts";

describe("the address of a call", () => {
	test("has its parameters encoded and its query filled in", () => {
		expect(
			addressOf(
				"/api/v1/keys/[id]/rotate",
				{ id: "a/../b?c" },
				{ range: "1h", model: undefined, limit: 50 },
			),
		).toBe("/api/v1/keys/a%2F..%2Fb%3Fc/rotate?range=1h&limit=50");
	});

	test("has no question mark without a query", () => {
		expect(addressOf("/api/v1/keys", undefined, {})).toBe("/api/v1/keys");
	});
});

describe("a problem", () => {
	test("carries code, request id and every field at fault", async () => {
		const error = {
			message: "A field is wrong.",
			type: "invalid_request_error",
			param: null,
			code: "invalid_request",
			request_id: "r1",
			issues: [{ path: "name", message: "Too long" }],
		};
		const problem = await problemOf(Response.json({ error }, { status: 400 }));
		expect(problem).toMatchObject({ status: 400, code: "invalid_request", requestId: "r1" });
		expect(describeProblem(problem).message).toBe("A field is wrong. name: Too long");
	});

	test("is told from the status when the body is no problem", async () => {
		const problem = await problemOf(new Response("<html>", { status: 502 }));
		expect(problem.code).toBe("http_502");
	});

	test("of a thrown thing that nobody expected still has words", () => {
		expect(describeProblem("odd")).toMatchObject({ code: "client_error" });
	});

	test("of signing in says how long to wait", () => {
		expect(signInProblem("too-many.12", 401).message).toBe("Too many attempts. Try again in 12 s.");
		expect(signInProblem("CredentialsSignin", 401)).toBeInstanceOf(ClientProblem);
		expect(signInProblem("unavailable", 401).code).toBe("sign_in_failed");
	});
});

describe("the time range of an address", () => {
	const read = (text: string) => readRange(new URLSearchParams(text));

	test("is a preset", () => {
		expect(read("range=7d")).toEqual({ range: "7d" });
	});

	test("is two instants when they are in order", () => {
		const [from, to] = ["2026-03-04T10:00:00.000Z", "2026-03-04T11:00:00.000Z"];
		expect(read(`from=${from}&to=${to}`)).toEqual({ range: "24h", from, to });
		expect(read(`from=${to}&to=${from}&range=1h`)).toEqual({ range: "1h" });
	});

	test("is a day when the address is mistyped", () => {
		expect(read("range=1y&from=yesterday")).toEqual({ range: "24h" });
	});
});
