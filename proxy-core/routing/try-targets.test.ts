import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../contract/errors.ts";
import type { FallbackReason } from "../contract/routing.ts";
import { defaultSettings } from "../contract/settings.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Budgeted, Received, Routed } from "../pipeline/context.ts";
import { createTrace } from "../pipeline/trace.ts";
import { nothingReserved } from "../quotas/reservation.ts";
import type { Target } from "../snapshot.ts";
import { snapshot, target } from "./__fixtures__/targets.ts";
import { createTargetBoard } from "./target-board.ts";
import { tryTargets } from "./try-targets.ts";

const settings = {
	...defaultSettings,
	routing: { ...defaultSettings.routing, backoffBaseMs: 0, backoffMaxMs: 0, failuresToOpen: 3 },
};

interface Setup {
	readonly targets: readonly string[];
	readonly fallbacks?: Partial<Record<FallbackReason, readonly string[]>>;
	readonly retries?: number;
	readonly signal?: AbortSignal;
}

/** Only what trying looks at; the rest of a request does not matter here. */
function contextOf({ targets, fallbacks = {}, retries = 0 }: Setup) {
	const choices = (names: readonly string[] = []) =>
		names.map((name) => ({ target: target(name), weight: 1 }));
	const context = {
		snapshot: snapshot([], [], { settings }),
		trace: createTrace(performance.now()),
		exchange: { incoming: { headers: {} } },
		targets: targets.map((name) => target(name)),
		spending: nothingReserved,
		outputTokensCap: undefined,
		affordable: {
			route: "r",
			strategy: "priority",
			costWeight: 0,
			isSticky: false,
			retries,
			choices: choices(targets),
			fallbacks: {
				error: choices(fallbacks.error),
				"context-window": choices(fallbacks["context-window"]),
				"content-policy": choices(fallbacks["content-policy"]),
			},
		},
	};
	return context as unknown as Received & Budgeted & Routed;
}

const newBoard = () => createTargetBoard({ now: Date.now, settings: () => settings.routing });

/** What each call to a target ends with: an error's code, or an answer. */
type Outcome = ErrorCode | "answer";

async function run(setup: Setup, outcomeOf: (target: Target) => Outcome, board = newBoard()) {
	const asked: string[] = [];
	const work = tryTargets(contextOf(setup), {
		board,
		signal: setup.signal ?? new AbortController().signal,
		attempt: async (each) => {
			asked.push(each.id);
			const outcome = outcomeOf(each);
			if (outcome !== "answer") throw new GatewayError(outcome);
			return each.id;
		},
	});
	const result = await work.then(
		(answer) => ({ answer }),
		(error: unknown) => ({ code: GatewayError.is(error) ? error.code : error }),
	);
	return { asked, result, board };
}

const failing = (codes: Readonly<Record<string, Outcome>>) => (each: Target) =>
	codes[each.id] ?? "answer";

describe("tryTargets", () => {
	it("stays in the chain of the kind of trouble, and gives its last error", async () => {
		const { asked, result } = await run(
			{
				targets: ["p/a", "p/b"],
				fallbacks: { error: ["p/e"], "context-window": ["p/long", "p/longer"] },
			},
			failing({
				"p/a": "upstream.failed",
				"p/b": "upstream.context_window",
				"p/long": "upstream.failed",
				"p/longer": "upstream.context_window",
			}),
		);
		expect(asked).toEqual(["p/a", "p/b", "p/long", "p/longer"]);
		expect(result).toEqual({ code: "upstream.context_window" });
	});

	it("asks somebody else when one target cannot express the request or does not have the model", async () => {
		const { asked, result } = await run(
			{ targets: ["p/a", "p/b", "p/c"] },
			failing({ "p/a": "request.unsupported", "p/b": "upstream.credentials" }),
		);
		expect(asked).toEqual(["p/a", "p/b", "p/c"]);
		expect(result).toEqual({ answer: "p/c" });
	});

	it("passes over targets out of service, and says when to come back when all are", async () => {
		const board = newBoard();
		const setup = { targets: ["p/a"] };
		for (let count = 0; count < 3; count++) await run(setup, () => "upstream.failed", board);
		const { asked, result } = await run(setup, () => "answer", board);
		expect(asked).toEqual([]);
		expect(result).toEqual({ code: "route.no_target" });
		const elsewhere = await run({ targets: ["p/a", "p/b"] }, () => "answer", board);
		expect(elsewhere.asked).toEqual(["p/b"]);
	});

	it("gives a defect of our own to nobody else", async () => {
		const { asked, result } = await run({ targets: ["p/a", "p/b"] }, () => "internal.unexpected");
		expect(asked).toEqual(["p/a"]);
		expect(result).toEqual({ code: "internal.unexpected" });
	});

	it("asks nobody after the caller has hung up", async () => {
		const hangUp = new AbortController();
		const { asked, result } = await run(
			{ targets: ["p/a", "p/b"], retries: 5, signal: hangUp.signal },
			() => {
				hangUp.abort();
				return "upstream.failed";
			},
		);
		expect(asked).toEqual(["p/a"]);
		expect("code" in result).toBe(true);
	});

	it("asks each target at most once and its retries, whatever happens, and leaves none busy", async () => {
		const name = fc.constantFrom("p/a", "p/b", "p/c", "p/d", "p/e");
		const names = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });
		const chain = fc.array(name, { maxLength: 4 });
		const outcome = fc.constantFrom<Outcome>(
			"answer",
			"upstream.failed",
			"upstream.timeout",
			"upstream.rate_limited",
			"upstream.rejected",
			"upstream.context_window",
			"upstream.content_policy",
			"request.unsupported",
		);
		await fc.assert(
			fc.asyncProperty(
				fc.record({
					targets: names,
					fallbacks: fc.record({
						error: chain,
						"context-window": chain,
						"content-policy": chain,
					}),
					retries: fc.nat(2),
				}),
				fc.array(outcome, { minLength: 1, maxLength: 30 }),
				async (setup, outcomes) => {
					let at = 0;
					const { asked, result, board } = await run(
						setup,
						() => outcomes[at++ % outcomes.length] ?? "answer",
					);
					for (const id of new Set(asked)) {
						const times = asked.filter((each) => each === id).length;
						expect(times).toBeLessThanOrEqual(1 + setup.retries);
						expect(board.standing(target(id)).inFlight).toBe(0);
					}
					if ("answer" in result) expect(result.answer).toBe(asked.at(-1));
				},
			),
		);
	});
});
