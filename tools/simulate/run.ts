/**
 * Sends made-up traffic through a running gateway, so that its console has something to show: several
 * keys, streams, tools, refusals, rate limits, a leaked key that the guard takes out. Only the
 * simulator's models are asked, so nothing costs anything.
 *
 * Usage: node tools/simulate/run.ts --key KEY [--key KEY …] [--url URL] [--minutes N] [--rate N]
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { sendTraffic } from "./traffic.ts";

const usage =
	"Usage: npm run simulate -- --key KEY [--key KEY …] [--url http://localhost:8090] [--minutes 5] [--rate 5]";
const { values } = parseArgs({
	options: {
		url: { type: "string", default: "http://localhost:8090" },
		key: { type: "string", multiple: true, default: [] },
		minutes: { type: "string", default: "5" },
		rate: { type: "string", default: "5" },
	},
});
const [first, ...others] = values.key;
const minutes = Number(values.minutes);
const rate = Number(values.rate);
if (first === undefined || !(minutes > 0) || !(rate > 0) || URL.parse(values.url) === null) {
	console.error(usage);
	process.exit(1);
}

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
const counts: Record<string, number> = {};
console.log(`Sending ${rate} requests a second to ${values.url} for ${minutes} min; Ctrl-C stops.`);
await sendTraffic({
	url: values.url.replace(/\/+$/, ""),
	keys: [first, ...others],
	durationMs: minutes * 60_000,
	rate,
	seed: Date.now(),
	signal: stop.signal,
	onAnswer: ({ name }, status) => {
		const outcome = `${status === 0 ? "no answer" : status}  ${name}`;
		counts[outcome] = (counts[outcome] ?? 0) + 1;
	},
});
for (const [outcome, count] of Object.entries(counts).sort()) {
	console.log(`${String(count).padStart(7)}  ${outcome}`);
}
