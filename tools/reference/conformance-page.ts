import * as z from "zod";
import { page, table } from "./markdown.ts";

/** What `npm run conformance` leaves in `bench/results/conformance.json`. */
const conformanceSchema = z.object({
	measuredAt: z.iso.datetime(),
	wires: z.array(z.string()),
	clients: z.array(
		z.object({
			name: z.string(),
			/** Such as `openai 7.57.0`. */
			package: z.string(),
			/** Why nothing was run. */
			skipped: z.string().nullable(),
			checks: z.array(
				z.object({
					name: z.string(),
					/** By wire. */
					results: z.record(z.string(), z.enum(["pass", "refused", "fail", "absent"])),
				}),
			),
		}),
	),
});
type Conformance = z.infer<typeof conformanceSchema>;
type Client = Conformance["clients"][number];

const marks = { pass: "yes", refused: "400", fail: "**no**", absent: "–" } as const;

/** One row a client: how many checks held on each wire. Throws a ZodError for results of another shape. */
export function conformanceTable(results: unknown): string {
	const { measuredAt, wires, clients } = conformanceSchema.parse(results);
	const rows = clients.map((client) => [
		client.name,
		client.package,
		...wires.map((wire) => (client.skipped === null ? heldOn(client, wire) : "skipped")),
	]);
	const intro = `Measured on ${measuredAt.slice(0, 10)}; one column per upstream wire, and how many checks held. Where a wire cannot express what is asked for, a clear refusal (400) is what must hold. Every check is [listed](docs/reference/conformance.md).`;
	const reasons = clients.flatMap(({ name, skipped }) =>
		skipped === null ? [] : [`Skipped, ${name}: ${skipped}.`],
	);
	return [intro, table(["Client", "Package", ...wires], rows), ...reasons].join("\n\n");
}

function heldOn({ checks }: Client, wire: string): string {
	const asked = checks
		.map(({ results }) => results[wire] ?? "absent")
		.filter((r) => r !== "absent");
	const held = asked.filter((result) => result !== "fail");
	if (asked.length === 0) return "–";
	return held.length === asked.length
		? `all ${asked.length}`
		: `**${held.length} of ${asked.length}**`;
}

const intro =
	"What `npm run conformance` asked of each client through the gateway, by the wire that the upstream speaks. *400*: the wire cannot express it, and the client was told so with `unsupported_by_target`; *–*: there is nothing to ask.";

/** Every check of the stored results; without any, a page that says so. */
export function conformancePage(results: unknown): string {
	if (results === undefined) return page("Conformance", intro, "No results are stored.");
	const { wires, clients } = conformanceSchema.parse(results);
	return page("Conformance", intro, ...clients.flatMap((client) => section(client, wires)));
}

function section(client: Client, wires: readonly string[]): readonly string[] {
	const { name, skipped, checks } = client;
	const heading = [`## ${name}`, `With ${client.package}.`];
	if (skipped !== null) return [...heading, `Skipped: ${skipped}.`];
	const rows = checks.map((check) => [
		check.name,
		...wires.map((wire) => marks[check.results[wire] ?? "absent"]),
	]);
	return [...heading, table(["Check", ...wires], rows)];
}
