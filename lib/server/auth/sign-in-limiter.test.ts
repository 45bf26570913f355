import { describe, expect, test } from "vitest";
import { createSignInLimiter } from "./sign-in-limiter.ts";

function limiterAt(perMinute: number) {
	const clock = { now: 1_000_000 };
	const limiter = createSignInLimiter({ failuresPerMinute: () => perMinute, now: () => clock.now });
	const guess = (address: string, email: string, result: "right" | "wrong" = "wrong") => {
		const attempt = limiter.begin(address, email);
		if (attempt.isAllowed) attempt.finish(result);
		return attempt.isAllowed;
	};
	return { clock, limiter, guess };
}

describe("the sign-in limiter", () => {
	test("stops an address after its wrong passwords and lets it try again later", () => {
		const { clock, guess } = limiterAt(3);
		const tries = Array.from({ length: 5 }, (_, index) => guess("192.0.2.1", `a${index}@x.y`));
		expect(tries).toEqual([true, true, true, false, false]);
		clock.now += 20_000;
		expect(guess("192.0.2.1", "a@x.y")).toBe(true);
		expect(guess("192.0.2.1", "a@x.y")).toBe(false);
	});

	test("says how long to wait", () => {
		const { limiter, guess } = limiterAt(1);
		guess("192.0.2.1", "a@x.y");
		expect(limiter.begin("192.0.2.1", "b@x.y")).toEqual({ isAllowed: false, retryAfterMs: 60_000 });
	});

	test("stops guessing at one account from many addresses, however it is spelled", () => {
		const { guess } = limiterAt(2);
		expect(guess("192.0.2.1", "ada@x.y")).toBe(true);
		expect(guess("192.0.2.2", "ADA@x.y")).toBe(true);
		expect(guess("192.0.2.3", "ada@x.y")).toBe(false);
		expect(guess("192.0.2.3", "bob@x.y")).toBe(true);
	});

	test("does not count right passwords", () => {
		const { guess } = limiterAt(1);
		const tries = Array.from({ length: 10 }, () => guess("192.0.2.1", "a@x.y", "right"));
		expect(tries.every(Boolean)).toBe(true);
	});

	test("gives nothing for sending all guesses at once", () => {
		const { limiter } = limiterAt(3);
		const attempts = Array.from({ length: 10 }, () => limiter.begin("192.0.2.1", "a@x.y"));
		expect(attempts.filter((attempt) => attempt.isAllowed)).toHaveLength(3);
	});

	test("takes a /64 of IPv6 for one address", () => {
		const { guess } = limiterAt(1);
		expect(guess("2001:db8::1", "a@x.y")).toBe(true);
		expect(guess("2001:db8::ffff:2", "b@x.y")).toBe(false);
		expect(guess("2001:db8:0:1::1", "c@x.y")).toBe(true);
	});
});
