import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { printTable } from "./print-table.ts";
import { createLayers, createWholeLayer } from "./security/layers.ts";
import { longestHoldMs } from "./security/longest-hold.ts";
import { heldKinds, heldText, textKinds, textOf } from "./security/texts.ts";
import { median } from "./statistics.ts";

/**
 * What security costs: microseconds per layer and with everything switched on, through the gateway's own
 * stages, and for how long a large body keeps other requests waiting. Writes `results/security.json`.
 */
const sizes = [
	{ name: "1 KB", characters: 1024, texts: 24, warmUps: 120 },
	{ name: "4 KB", characters: 4096, texts: 12, warmUps: 60 },
	{ name: "32 KB", characters: 32_600, texts: 3, warmUps: 16 },
] as const;
const rounds = 15;
const heldCharacters = 512 * 1024;
const system =
	"You are a careful assistant of a company that answers briefly and never promises refunds.";

const layers = createLayers();
const seeds = { last: 0 };
await warmUp();
const columns: (readonly [string, ReadonlyMap<string, number>])[] = [];
for (const kind of textKinds) {
	for (const size of sizes) columns.push([`${kind}, ${size.name}`, await costs(kind, size)]);
}
for (const kind of textKinds) {
	const own = columns.filter(([name]) => name.startsWith(kind));
	printTable(
		`Security, µs, ${kind}`,
		own.map(([name, rows]) => [name.slice(kind.length + 2), rows]),
	);
}
const holds = await holdTable();
printTable("Longest hold of the event loop, ms, 512 KB", [["all", holds]]);
save();

/**
 * A gateway that has served for a while has seen texts of every kind. What is measured before the compiler
 * has, is the compiler: whichever kind came first would look twice as dear.
 */
async function warmUp(): Promise<void> {
	const most = Math.max(...sizes.map(({ warmUps }) => warmUps));
	for (let time = 0; time < most; time += 1) {
		for (const kind of textKinds) {
			for (const { characters, warmUps } of sizes) {
				if (time >= warmUps) continue;
				const body = unseenBody(kind, characters);
				for (const layer of layers) await layer.run(body);
			}
		}
	}
}

/** Each round has texts that nobody saw before, and asks the layers about them in turn. */
async function costs(
	kind: (typeof textKinds)[number],
	{ characters, texts }: (typeof sizes)[number],
): Promise<ReadonlyMap<string, number>> {
	const medians = new Map<string, number[]>();
	for (let round = 0; round < rounds; round += 1) {
		const bodies = Array.from({ length: texts }, () => unseenBody(kind, characters));
		for (const layer of layers) {
			const spent: number[] = [];
			for (const body of bodies) spent.push(await layer.run(body));
			medians.set(layer.name, [...(medians.get(layer.name) ?? []), median(spent)]);
		}
	}
	return new Map([...medians].map(([name, values]) => [name, median(values)]));
}

async function holdTable(): Promise<ReadonlyMap<string, number>> {
	const layer = createWholeLayer();
	const rows = new Map<string, number>();
	for (const kind of heldKinds) {
		const unseen = (run: number) => bodyWith(heldText(kind, heldCharacters, run));
		rows.set(kind, await longestHoldMs(layer, unseen));
	}
	return rows;
}

function unseenBody(kind: (typeof textKinds)[number], characters: number): Uint8Array {
	seeds.last += 1;
	return bodyWith(textOf(kind, characters, seeds.last));
}

function bodyWith(text: string): Uint8Array {
	const messages = [
		{ role: "system", content: system },
		{ role: "user", content: text },
	];
	return Buffer.from(JSON.stringify({ model: "any", messages }));
}

function save(): void {
	const results = {
		when: new Date().toISOString(),
		machine: { model: cpus()[0]?.model ?? "", load: loadavg()[0] ?? 0, node: process.version },
		microseconds: Object.fromEntries(
			columns.map(([name, rows]) => [name, Object.fromEntries(rows)]),
		),
		longestHoldMs: Object.fromEntries(holds),
	};
	const file = new URL("./results/security.json", import.meta.url);
	writeFileSync(file, `${JSON.stringify(results, undefined, "\t")}\n`);
}
