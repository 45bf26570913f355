import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { QuotaUnit } from "../contract/quota.ts";
import type { QuotaWorld } from "./__fixtures__/quota-world.ts";
import { createQuotaWorld, leaseMs, worldLimit } from "./__fixtures__/quota-world.ts";

const nodeCount = 3;

/** A step is what it does, with a name for the report of a failure. */
interface Step {
	readonly run: (world: QuotaWorld) => unknown;
	readonly toString: () => string;
}

function step(name: string, run: Step["run"]): Step {
	return { run, toString: () => name };
}

const node = fc.nat(nodeCount - 1);
const pick = fc.nat(50);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const take = fc
	.tuple(node, fc.integer({ min: 1, max: 120 }))
	.map(([at, amount]) => step(`take ${amount} at ${at}`, (world) => world.take(at, amount)));
const takeMany = fc
	.tuple(node, fc.integer({ min: 1, max: 120 }), fc.integer({ min: 2, max: 20 }))
	.map(([at, most, count]) =>
		step(`take ${count} times up to ${most} at ${at}`, (world) =>
			// The small ones could fit into what the large ones gave back with their question.
			Promise.all(
				Array.from({ length: count }, (_, index) => world.take(at, Math.ceil(most / (index + 1)))),
			),
		),
	);
const end = fc
	.tuple(pick, share)
	.map(([which, part]) => step(`end ${which} with ${part}`, (world) => world.end(which, part)));
const release = pick.map((which) => step(`release ${which}`, (world) => world.release(which)));
const ship = fc.constant(step("ship", (world) => world.ship()));
const wait = fc.nat(30_000).map((ms) => step(`wait ${ms}`, (world) => world.wait(ms)));
const crash = node.map((at) => step(`crash ${at}`, (world) => world.crash(at)));
const outage = fc
	.boolean()
	.map((isAway) => step(`outage ${isAway}`, (world) => world.setOutage(isAway)));

const usual = [
	{ weight: 6, arbitrary: take },
	{ weight: 2, arbitrary: takeMany },
	{ weight: 6, arbitrary: end },
	{ weight: 1, arbitrary: fc.oneof(release, ship, wait, crash) },
];

/** Whatever happened: the books agree with each other, and nothing is promised twice. */
function expectSound(world: QuotaWorld): void {
	const { spent, leased, leases, billed, unshipped, atWork, unbacked } = world.facts();
	expect(unbacked).toEqual([]);
	expect(spent).toBe(billed);
	expect(leased).toBe(leases);
	expect(spent + leased).toBeLessThanOrEqual(worldLimit);
	expect(spent + unshipped + atWork).toBeLessThanOrEqual(worldLimit);
}

async function play(world: QuotaWorld, script: readonly Step[]): Promise<void> {
	for (const { run } of script) {
		await run(world);
		expectSound(world);
	}
	world.setOutage(false);
	world.ship();
	for (let count = 0; count < 3000 && world.facts().atWork > 0; count += 1) world.release(0);
	await world.wait(leaseMs + 10_000);
	expectSound(world);
	const { spent, leased, billed } = world.facts();
	expect({ spent, leased }).toEqual({ spent: billed, leased: 0 });
	// Everything that was not spent can be had again, by one node and in one piece.
	if (billed < worldLimit) expect(await world.take(0, worldLimit - billed)).toBe(true);
	expect(await world.take(1, 1)).toBe(false);
}

describe("any interleaving of requests, crashes and expiries over several nodes", () => {
	const scripts = (...more: fc.WeightedArbitrary<Step>[]) =>
		fc.array(fc.oneof(...usual, ...more), { maxLength: 120, size: "max" });
	const playedBy = (unit: QuotaUnit, steps: fc.Arbitrary<Step[]>) =>
		fc.assert(
			fc.asyncProperty(steps, (script) => play(createQuotaWorld(unit, nodeCount), script)),
			{ numRuns: 250 },
		);

	it("never spends more than a budget and returns its head-room exactly, outages included", () =>
		playedBy("usd", scripts({ weight: 1, arbitrary: outage })));

	it("never lets more requests run at once than there are slots, and loses none of them", () =>
		playedBy("parallel", scripts()));
});
