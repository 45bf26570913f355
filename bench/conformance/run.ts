import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { VERSION } from "openai/version";
import { checks } from "./checks.ts";
import type { Check } from "./define-check.ts";
import type { Wire, Worlds } from "./world.ts";
import { openWorlds, wires } from "./world.ts";

type Result = "pass" | "not on this wire" | { readonly failure: string };

const checkTimeoutMs = 30_000;

const worlds = await openWorlds();
try {
	const rows: Row[] = [];
	for (const check of checks) {
		const results: Result[] = [];
		for (const wire of wires) results.push(await attempt(check, wire, worlds));
		rows.push([check.name, results]);
	}
	print(rows);
	store(rows);
	const misses = rows.flatMap(([name, results]) =>
		results.flatMap((result, index) =>
			typeof result === "string" ? [] : [`${wires[index]}: ${name}\n    ${result.failure}`],
		),
	);
	const passes = rows
		.flatMap(([, results]) => results)
		.filter((result) => result === "pass").length;
	if (misses.length > 0) console.log(`\n${misses.join("\n")}`);
	console.log(`\n${passes} passed, ${misses.length} failed`);
	process.exitCode = misses.length === 0 && passes > 0 ? 0 : 1;
} finally {
	await worlds.close();
}

type Row = readonly [check: string, results: readonly Result[]];

/** What the README's table is made from. */
function store(rows: readonly Row[]): void {
	const outcome = (result: Result) => {
		if (result === "pass") return "pass";
		return typeof result === "string" ? "absent" : "fail";
	};
	const record = {
		measuredAt: new Date().toISOString(),
		client: `openai ${VERSION}`,
		wires,
		checks: rows.map(([name, results]) => ({
			name,
			results: Object.fromEntries(results.map((result, index) => [wires[index], outcome(result)])),
		})),
	};
	const dir = join(import.meta.dirname, "../results");
	mkdirSync(dir, { recursive: true });
	writeFileSync(join(dir, "conformance.json"), `${JSON.stringify(record, null, "\t")}\n`);
}

async function attempt(check: Check, wire: Wire, { of }: Worlds): Promise<Result> {
	if (!check.wires.includes(wire)) return "not on this wire";
	const timeout = Promise.withResolvers<never>();
	const timer = setTimeout(() => timeout.reject(new Error("took too long")), checkTimeoutMs);
	try {
		await Promise.race([check.run(of(wire)), timeout.promise]);
		return "pass";
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return { failure: message.split("\n").slice(0, 6).join("\n    ") };
	} finally {
		clearTimeout(timer);
	}
}

function print(rows: readonly Row[]): void {
	const width = Math.max(...rows.map(([name]) => name.length)) + 2;
	console.log(`${"check".padEnd(width)}${wires.map((wire) => wire.padEnd(12)).join("")}`);
	for (const [name, results] of rows) {
		const cells = results.map((result) => {
			if (typeof result !== "string") return "FAIL";
			return result === "pass" ? "pass" : "–";
		});
		console.log(name.padEnd(width) + cells.map((cell) => cell.padEnd(12)).join(""));
	}
}
