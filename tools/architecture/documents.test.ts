import { existsSync } from "node:fs";
import { dirname, join, normalize, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultSettings } from "../../proxy-core/contract/settings.ts";
import { createGateway } from "../../proxy-core/gateway.ts";
import type { GatewayPorts } from "../../proxy-core/ports.ts";
import { requestHeaderTable } from "../reference/request-headers.ts";
import { projectFiles, read, sourceFiles } from "./source-tree.ts";

const root = resolve(import.meta.dirname, "../..");
const documents = projectFiles().filter((path) => path.endsWith(".md"));

describe("documents", () => {
	it("link only to files that exist", () => {
		const broken = documents.flatMap((path) =>
			[...withoutCode(read(path)).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
				.map(([, target]) => target ?? "")
				.filter((target) => !/^[a-z]+:/.test(target))
				.filter((target) => !existsSync(join(root, normalize(join(dirname(path), target)))))
				.map((target) => `${path}: ${target}`),
		);
		expect(broken).toEqual([]);
	});

	it("name only npm scripts that exist", () => {
		const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
		const unknown = documents.flatMap((path) =>
			[...read(path).matchAll(/\bnpm (?:run ([a-z][\w:-]*)|(start|test)\b)/g)]
				.map(([, script, short]) => script ?? short ?? "")
				.filter((script) => !(script in scripts))
				.map((script) => `${path}: ${script}`),
		);
		expect(unknown).toEqual([]);
	});

	it("name only sources that exist", () => {
		const folders = "app|components|lib|proxy-core|prisma|tools|bench|e2e|docs";
		const reference = new RegExp(`\`((?:${folders})/[\\w./()[\\]-]+\\.\\w+)\``, "g");
		const missing = documents.flatMap((path) =>
			[...read(path).matchAll(reference)]
				.map(([, source]) => source ?? "")
				.filter((source) => !source.includes("/generated/") && !existsSync(join(root, source)))
				.map((source) => `${path}: ${source}`),
		);
		expect(missing).toEqual([]);
	});

	it("list the stages of every endpoint in the order in which they run", () => {
		const page = read("docs/architecture.md");
		// Building the lists asks the ports for nothing yet.
		const snapshots = { current: () => ({ settings: defaultSettings }) };
		const ports = { now: Date.now, egress: {}, meter: {}, snapshots } as unknown as GatewayPorts;
		for (const [endpoint, stages] of createGateway(ports).stages) {
			expect(page, endpoint).toContain(stages.map((stage) => `\`${stage}\``).join(" → "));
		}
	});

	it("tell of exactly the request headers that the gateway reads", () => {
		const sources = sourceFiles(
			...["stages", "plugins", "cache", "routing", "dialects", "signing"].map(
				(part) => `proxy-core/${part}`,
			),
		).map(read);
		const node = read("proxy-core/http/node-exchange.ts");
		const names = [...sources, node].flatMap((text) => [
			...[...text.matchAll(/\bheaders\["([\w-]+)"\]/g)].map(([, name]) => name),
			...[...text.matchAll(/\bheader\("([\w-]+)"\)/g)].map(([, name]) => name),
			...[...text.matchAll(/\bheadersStartingWith\("([\w-]+)"\)/g)].map(([, name]) => `${name}*`),
			...listedIn(text, "const keyHeaders ="),
			...listedIn(text, "passingHeaders:"),
		]);
		expect([...new Set(names)].toSorted()).toEqual(Object.keys(requestHeaderTable).toSorted());
	});
});

/** Names in the list that follows `start`. */
function listedIn(text: string, start: string): readonly string[] {
	const at = text.indexOf(`${start} [`);
	const list = at === -1 ? "" : text.slice(at, text.indexOf("]", at));
	return [...list.matchAll(/"([\w-]+)"/g)].map(([, name]) => name ?? "");
}

function withoutCode(text: string): string {
	return text.replaceAll(/```[\s\S]*?```/g, "").replaceAll(/`[^`\n]*`/g, "");
}
