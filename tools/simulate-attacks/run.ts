/**
 * Sends harmless requests and attacks on every layer through a running gateway, from several keys, end
 * users and sessions, and prints what was answered. Bounded by time and count; only the simulator's
 * models are asked, so nothing costs anything. Meant for a gateway of one's own on this machine.
 *
 * Usage: node tools/simulate-attacks/run.ts --key KEY [--key KEY …] [--url URL] [--minutes N] [--rate N]
 *        [--count N] [--forwarded]
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { sendAttacks } from "./send-attacks.ts";

const usage =
	"Usage: npm run simulate:attacks -- --key KEY [--key KEY …] [--url http://localhost:8090] [--minutes 2] [--rate 5] [--count 500] [--forwarded]\n" +
	"  --forwarded  say in x-forwarded-for where each made-up person sits; the server has to trust this machine as a proxy";
const { values } = parseArgs({
	options: {
		url: { type: "string", default: "http://localhost:8090" },
		key: { type: "string", multiple: true, default: [] },
		minutes: { type: "string", default: "2" },
		rate: { type: "string", default: "5" },
		count: { type: "string", default: "500" },
		forwarded: { type: "boolean", default: false },
	},
});
const limits = { minutes: 60, rate: 50, count: 20_000 } as const;
const [first, ...others] = values.key;
const minutes = Number(values.minutes);
const rate = Number(values.rate);
const count = Number(values.count);
const areInBounds =
	minutes > 0 &&
	minutes <= limits.minutes &&
	rate > 0 &&
	rate <= limits.rate &&
	count > 0 &&
	count <= limits.count;
if (first === undefined || !areInBounds || !isOnThisMachine(values.url)) {
	console.error(usage);
	console.error(
		`At most ${limits.minutes} minutes, ${limits.rate} a second and ${limits.count} requests, and only to this machine.`,
	);
	process.exit(1);
}

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
const counts: Record<string, number> = {};
console.log(
	`Attacking ${values.url} for ${minutes} min or ${count} requests, whichever is first; Ctrl-C stops.`,
);
const sent = await sendAttacks({
	url: values.url.replace(/\/+$/, ""),
	keys: [first, ...others],
	durationMs: minutes * 60_000,
	requestsMax: count,
	rate,
	isForwarded: values.forwarded,
	seed: Date.now(),
	signal: stop.signal,
	onAnswer: ({ name }, status, code) => {
		const outcome = `${name.padEnd(28)}${status === 0 ? "no answer" : status}  ${code ?? ""}`;
		counts[outcome] = (counts[outcome] ?? 0) + 1;
	},
});
console.log(`${sent} requests were sent.`);
for (const [outcome, times] of Object.entries(counts).sort()) {
	console.log(`${String(times).padStart(7)}  ${outcome}`);
}

/** Attacks on somebody else's gateway are not simulations. */
function isOnThisMachine(text: string): boolean {
	const hostname = URL.parse(text)?.hostname;
	return (
		hostname !== undefined &&
		(["localhost", "[::1]"].includes(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname))
	);
}
