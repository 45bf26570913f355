import { describe, expect, it } from "vitest";
import { createMemoryQuotas } from "../testing/memory-quotas.ts";
import { quotaFixture as quota } from "./__fixtures__/quota.ts";
import type { Quota } from "./quota.ts";
import type { Booking, QuotaDesk } from "./quota-desk.ts";
import { createQuotaDesk } from "./quota-desk.ts";
import type { Reservation } from "./reservation.ts";

const leaseMs = 60_000;

/** Two desks before one store, with a clock of their own. */
function twoNodes() {
	const clock = { now: 1_000_000_000 };
	const now = () => clock.now;
	const quotas = createMemoryQuotas({ now, leaseMs: () => leaseMs });
	const desk = (node: string) =>
		createQuotaDesk({ store: quotas.storeOf(node), now, leaseMs: () => leaseMs });
	return { clock, quotas, a: desk("a"), b: desk("b") };
}

const key = { counter: "q", windowStart: 0 };

async function take(desk: QuotaDesk, amount: number, of: Quota = quota()): Promise<Booking> {
	return desk.reserve([{ quota: of, subject: "k", amount }]);
}

function reservationOf(booking: Booking): Reservation {
	if (!booking.ok) throw new Error(`Refused: ${booking.why}`);
	return booking.reservation;
}

describe("createQuotaDesk", () => {
	it("reserves before the call, so that parallel requests cannot all pass one check", async () => {
		const { a, b, quotas } = twoNodes();
		const bookings = await Promise.all(
			Array.from({ length: 200 }, (_, index) => take(index % 2 === 0 ? a : b, 100)),
		);
		expect(bookings.filter((booking) => booking.ok)).toHaveLength(10);
		expect(quotas.counterOf(key)).toEqual({ spent: 0, leased: 1000 });
	});

	it("answers without waiting when the node holds enough", async () => {
		const { a } = twoNodes();
		await take(a, 10);
		const booking = a.reserve([{ quota: quota(), subject: "k", amount: 40 }]);
		expect(booking).not.toBeInstanceOf(Promise);
		expect(booking).toMatchObject({ ok: true });
	});

	it("lets the true cost replace what was set aside", async () => {
		const { a, quotas } = twoNodes();
		const reservation = reservationOf(await take(a, 900));
		reservation.settle({ usd: 30 });
		reservation.release();
		quotas.charge("a", key, 30);
		expect(quotas.counterOf(key)).toEqual({ spent: 30, leased: 870 });
		expect(await take(a, 970)).toMatchObject({ ok: true });
		expect(await take(a, 1)).toMatchObject({ ok: false, why: "exhausted" });
	});

	it("gives back what nobody used for a few seconds", async () => {
		const { a, b, clock, quotas } = twoNodes();
		reservationOf(await take(a, 900)).release();
		clock.now += 5000;
		await a.tend();
		expect(quotas.counterOf(key)).toEqual({ spent: 0, leased: 0 });
		expect(await take(b, 1000)).toMatchObject({ ok: true });
	});

	it("keeps the lease of a running request alive, and loses that of a dead node", async () => {
		const { a, b, clock, quotas } = twoNodes();
		await take(a, 900);
		for (let second = 0; second < 300; second += 1) {
			clock.now += 1000;
			await a.tend();
			quotas.reap();
		}
		expect(quotas.counterOf(key).leased).toBe(900);
		expect(await take(b, 200)).toMatchObject({ ok: false });
		clock.now += leaseMs;
		quotas.reap();
		expect(quotas.counterOf(key).leased).toBe(0);
		expect(await take(b, 1000)).toMatchObject({ ok: true });
	});

	it("counts an overrun at the next question and gives the rest back exactly", async () => {
		const { a, clock, quotas } = twoNodes();
		const [one, two] = [await take(a, 50), await take(a, 50)];
		reservationOf(one).settle({ usd: 130 });
		quotas.charge("a", key, 130);
		expect(await take(a, 60)).toMatchObject({ ok: true });
		expect(quotas.counterOf(key).spent + quotas.counterOf(key).leased).toBeLessThanOrEqual(1000);
		reservationOf(two).settle({ usd: 10 });
		quotas.charge("a", key, 10);
		clock.now += 2 * leaseMs;
		quotas.reap();
		expect(quotas.counterOf(key)).toEqual({ spent: 140, leased: 0 });
	});

	it("takes all of several quotas or none", async () => {
		const { a, quotas } = twoNodes();
		const wide = quota();
		const narrow = quota({ id: "n", hardLimit: 10 });
		const demand = (of: Quota, amount: number) => ({ quota: of, subject: "k", amount });
		const refused = await a.reserve([demand(wide, 100), demand(narrow, 11)]);
		expect(refused).toMatchObject({ ok: false, standing: { demand: { quota: narrow } } });
		expect(await a.reserve([demand(wide, 1000), demand(narrow, 10)])).toMatchObject({ ok: true });
		expect(quotas.counterOf(key).leased).toBe(1000);
	});

	it("charges only the budgets of the model that was paid", async () => {
		const { a } = twoNodes();
		const booking = await a.reserve([
			{ quota: quota({ id: "all" }), subject: "k", amount: 10 },
			{ quota: quota({ id: "m1" }), subject: "p/m1", amount: 10, targets: new Set(["p/m1"]) },
			{ quota: quota({ id: "m2" }), subject: "p/m2", amount: 10, targets: new Set(["p/m2"]) },
		]);
		expect(reservationOf(booking).chargesOf("p/m2")).toEqual([
			["all", 0],
			["m2", 0],
		]);
	});

	it("refuses money and bounds rates by this node alone while the store is away", async () => {
		const { a, quotas, clock } = twoNodes();
		const requests = quota({ id: "r", unit: "requests", hardLimit: 3 });
		quotas.breakDown(true);
		expect(await take(a, 1)).toMatchObject({ ok: false, why: "unavailable" });
		const answers = await Promise.all(Array.from({ length: 9 }, () => take(a, 1, requests)));
		expect(answers.filter((booking) => booking.ok)).toHaveLength(3);
		expect(answers.find((booking) => !booking.ok)).toMatchObject({ why: "exhausted" });
		quotas.breakDown(false);
		clock.now += 2000;
		expect(await take(a, 1)).toMatchObject({ ok: true });
		expect(await take(a, 1, requests)).toMatchObject({ ok: false, why: "exhausted" });
		expect(quotas.counterOf({ counter: "r", windowStart: 0 }).spent).toBe(3);
	});

	it("does not take an old answer about its lease for a new one", async () => {
		const { b, clock, quotas } = twoNodes();
		const now = () => clock.now;
		const store = quotas.storeOf("a");
		const gate = Promise.withResolvers<void>();
		let asked = 0;
		const renew: typeof store.renew = async (keys) => {
			const answer = await store.renew(keys);
			asked += 1;
			if (asked === 1) await gate.promise;
			return answer;
		};
		const a = createQuotaDesk({ store: { ...store, renew }, now, leaseMs: () => leaseMs });
		const running = await take(a, 700);
		clock.now += leaseMs / 2;
		const tending = a.tend();
		await new Promise((resolve) => setImmediate(resolve));
		// While the renewal is on its way, everything is given back.
		reservationOf(running).release();
		clock.now += 5000;
		await a.tend();
		expect(quotas.leaseOf("a", key)).toBe(0);
		gate.resolve();
		await tending;
		expect(await take(b, 1000)).toMatchObject({ ok: true });
		expect(await take(a, 10)).toMatchObject({ ok: false });
	});

	it("stops handing out money when it could not renew its lease for too long", async () => {
		const { a, b, quotas, clock } = twoNodes();
		reservationOf(await take(a, 600)).release();
		expect(a.reserve([{ quota: quota(), subject: "k", amount: 10 }])).toMatchObject({ ok: true });
		// Cut off from the store, which gives its lease to another one.
		quotas.breakDown(true);
		clock.now += leaseMs;
		quotas.breakDown(false);
		quotas.reap();
		expect(await take(b, 1000)).toMatchObject({ ok: true });
		expect(await take(a, 10)).toMatchObject({ ok: false });
	});

	it("keeps what it holds over an outage that is longer than its lease", async () => {
		const { a, b, quotas, clock } = twoNodes();
		const running = await take(a, 600);
		quotas.breakDown(true);
		for (let second = 0; second < 100; second += 1) {
			clock.now += 1000;
			await a.tend().catch(() => undefined);
		}
		quotas.breakDown(false);
		await a.tend();
		quotas.reap();
		expect(await take(b, 500)).toMatchObject({ ok: false });
		reservationOf(running).settle({ usd: 100 });
		expect(await take(a, 500)).toMatchObject({ ok: true });
	});

	it("counts a request that was made even when nothing came of it, and a slot only while it runs", async () => {
		const { a } = twoNodes();
		const once = quota({ id: "r", unit: "requests", hardLimit: 1 });
		const slot = quota({ id: "p", unit: "parallel", hardLimit: 1 });
		reservationOf(await take(a, 1, once)).release();
		expect(await take(a, 1, once)).toMatchObject({ ok: false });
		const running = await take(a, 1, slot);
		expect(await take(a, 1, slot)).toMatchObject({ ok: false });
		reservationOf(running).settle({ requests: 1 });
		expect(await take(a, 1, slot)).toMatchObject({ ok: true });
	});

	it("begins anew with each window", async () => {
		const { a, clock } = twoNodes();
		const minutely = quota({ id: "r", unit: "requests", window: "minute", hardLimit: 2 });
		for (let minute = 0; minute < 3; minute += 1) {
			expect(await take(a, 1, minutely)).toMatchObject({ ok: true });
			expect(await take(a, 1, minutely)).toMatchObject({ ok: true });
			expect(await take(a, 1, minutely)).toMatchObject({ ok: false });
			clock.now += 60_000;
		}
	});

	it("allows nothing of a limit of 0, and follows a limit that is lowered, raised or raised for a while", async () => {
		const { a, clock } = twoNodes();
		expect(await take(a, 0, quota({ hardLimit: 0 }))).toMatchObject({ ok: false });
		reservationOf(await take(a, 10)).release();
		expect(await take(a, 11, quota({ hardLimit: 10 }))).toMatchObject({ ok: false });
		const raised = quota({ hardLimit: 10, raise: { amount: 5, untilMs: clock.now + 60_000 } });
		reservationOf(await take(a, 15, raised)).release();
		clock.now += 60_000;
		expect(await take(a, 11, raised)).toMatchObject({ ok: false });
	});
});
