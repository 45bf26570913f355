import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { permissionMatrix, permissions, roles } from "./lib/contracts/permissions.ts";
import { adminEndpoints } from "./lib/contracts/registry.ts";
import { editableSettings } from "./lib/contracts/system.ts";
import { createEdgeGate } from "./lib/server/auth/edge-gate.ts";
import { environmentReference } from "./lib/server/env.ts";
import { errorCatalogue } from "./proxy-core/contract/errors.ts";
import { guards } from "./proxy-core/guards/registry.ts";
import { plugins } from "./proxy-core/plugins/registry.ts";
import { providers } from "./proxy-core/providers/registry.ts";
import { loadedWith } from "./tools/architecture/loaded-modules.ts";
import { foldersIn, projectFiles, read, sourceFiles } from "./tools/architecture/source-tree.ts";
import { exportedEndpoints } from "./tools/reference/endpoint-names.ts";
import { fieldsOf, inputSchema } from "./tools/reference/schema-fields.ts";

const named = await exportedEndpoints();

describe("registries", () => {
	it("register every provider's folder, and nothing else", () => {
		const folders = foldersIn("proxy-core/providers");
		const kinds = folders.filter((name) => name !== "shared" && name !== "__fixtures__");
		expect(providers.map(({ id }) => id).toSorted()).toEqual(kinds);
	});

	it("register every guard's folder, and nothing else", () => {
		expect(guards.map(({ id }) => id).toSorted()).toEqual(foldersIn("proxy-core/guards"));
	});

	it("register every plugin's folder, and nothing else", () => {
		const folders = foldersIn("proxy-core/plugins/marketplace");
		expect(plugins.map(({ id }) => id).toSorted()).toEqual(folders);
	});

	it("register every endpoint that a contract file exports, once", () => {
		const exported = named.map(({ name, endpoint }) => `${name} ${endpoint.path}`);
		const registered = adminEndpoints.map((endpoint) => {
			const found = named.find((candidate) => candidate.endpoint === endpoint);
			return `${found?.name} ${endpoint.path}`;
		});
		expect(registered.toSorted()).toEqual(exported.toSorted());
		const addresses = adminEndpoints.map(({ method, path }) => `${method} ${path}`);
		expect(addresses).toHaveLength(new Set(addresses).size);
	});

	it("leave no stage out of the gateway", () => {
		const composition = read("proxy-core/gateway.ts") + read("proxy-core/serving.ts");
		const unused = sourceFiles("proxy-core/stages").filter(
			(path) => !composition.includes(`./${path.replace("proxy-core/", "")}"`),
		);
		expect(unused).toEqual([]);
	});
});

describe("routes", () => {
	const routeFiles = projectFiles().filter((path) => /^app\/.*\/route\.tsx?$/.test(path));

	it("exist for exactly the methods and paths of the contracts", () => {
		const routes = routeFiles
			.filter((path) => path.startsWith("app/api/v1/"))
			.flatMap((file) => {
				const path = file.replace(/^app/, "").replace(/\/route\.ts$/, "");
				return [...read(file).matchAll(/export const (\w+) = (\w+)\(\s*(\w+)/g)].map(
					([, method, wrapper, contract]) => `${method} ${path} ${wrapper}(${contract})`,
				);
			});
		const contracts = named.map(({ name, endpoint: { method, path, access } }) => {
			const wrapper = access === "public" ? "handlePublic" : "handle";
			return `${method} ${path} ${wrapper}(${name})`;
		});
		expect(routes.toSorted()).toEqual(contracts.toSorted());
	});

	it("export handlers and nothing else", () => {
		for (const file of routeFiles.filter((path) => path.startsWith("app/api/v1/"))) {
			const text = read(file);
			const handlers = text.match(/^export const [A-Z]+ = /gm)?.length;
			expect(text.match(/^export\b/gm), file).toHaveLength(handlers ?? 0);
		}
	});

	it("answer outside the admin API only for signing in", () => {
		const others = routeFiles.filter((path) => !path.startsWith("app/api/v1/"));
		expect(others).toEqual(["app/api/auth/[...nextauth]/route.ts"]);
	});
});

describe("code that Next bundles", () => {
	const entries = sourceFiles("app", "lib/server/services");
	/** Functions of their arguments alone: a second copy of them is harmless. */
	const harmless = [
		"proxy-core/keys/key-token.ts",
		"proxy-core/limits/token-bucket.ts",
		"proxy-core/routing/model-access.ts",
		"proxy-core/threat-ledger/add-points.ts",
		"proxy-core/threat-ledger/address-ranges.ts",
		"proxy-core/threat-ledger/decay.ts",
	];

	it("loads nothing of the live core, by whatever way", () => {
		const loaded = loadedWith(entries);
		const live = [...loaded]
			.filter(([path]) => /^proxy-core\/(?!contract\/|errors\/)/.test(path))
			.filter(([path]) => !harmless.includes(path));
		expect(entries.length).toBeGreaterThan(100);
		expect(loaded.has("proxy-core/errors/gateway-error.ts")).toBe(true);
		expect(live).toEqual([]);
	});
});

describe("access", () => {
	const publicEndpoints = ["GET /api/v1/setup", "POST /api/v1/setup/admin"];

	it("is declared by every endpoint, and public for the known few", () => {
		const known: ReadonlySet<string> = new Set([...permissions, "signed-in", "public"]);
		expect(adminEndpoints.filter(({ access }) => !known.has(access))).toEqual([]);
		const open = adminEndpoints.filter(({ access }) => access === "public");
		expect(open.map(({ method, path }) => `${method} ${path}`)).toEqual(publicEndpoints);
	});

	it("is refused to strangers at the front door, except for the known few", async () => {
		const sessionKey = createHash("sha256").update("architecture test").digest();
		const gate = createEdgeGate({ sessionKey, cookieName: "llmproxy.session" });
		for (const { method, path } of adminEndpoints) {
			const url = path.replaceAll(/\[\w+\]/g, "some-id");
			// The gate reads these three and nothing else.
			const request = { method, url, headers: {} } as IncomingMessage;
			const { action } = await gate(request);
			const isOpen = publicEndpoints.includes(`${method} ${path}`);
			expect(`${method} ${path} ${action}`).toBe(
				`${method} ${path} ${isOpen ? "allow" : "refuse"}`,
			);
		}
	});

	it("follows the fixed matrix of roles", () => {
		const all = ["admin", "operator", "user", "viewer"];
		const staff = ["admin", "operator"];
		const people = ["admin", "operator", "user"];
		expect(roles).toEqual(all);
		expect(permissionMatrix).toEqual({
			"proxy:use": people,
			"proxy:toggle": staff,
			"proxy:config": ["admin"],
			"registry:read": all,
			"registry:write": staff,
			"registry:delete": ["admin"],
			"chat:use": people,
			"chat:compare": staff,
			"logs:read": all,
			"logs:clear": staff,
			"plugins:manage": staff,
			"features:toggle": staff,
			"users:manage": ["admin"],
			"budget:manage": ["admin"],
			// Keys have owners here, so they need two permissions of their own.
			"keys:own": people,
			"keys:manage": staff,
			// Nor has the reference's matrix permissions for what its security layers never showed.
			"guards:read": ["admin", "operator", "viewer"],
			"guards:write": staff,
			"threats:read": all,
			"threats:act": staff,
		});
	});
});

describe("errors", () => {
	const catalogueFile = "proxy-core/contract/errors.ts";
	const throwing = sourceFiles("proxy-core", "lib/server", "app", "server.ts").filter(
		(path) => path !== catalogueFile,
	);
	const codes = Object.keys(errorCatalogue);

	it("are thrown with codes of the catalogue only", () => {
		const thrown = throwing.flatMap((path) =>
			[...read(path).matchAll(/GatewayError\(\s*"([^"]*)"/g)].map(([, code]) => code ?? ""),
		);
		expect(thrown.length).toBeGreaterThan(50);
		expect(thrown.filter((code) => !codes.includes(code))).toEqual([]);
	});

	it("are in the catalogue only when something throws them", () => {
		const texts = throwing.map(read);
		const unused = codes.filter((code) => {
			const literal = new RegExp(`(?<!(?:[!=]==|case) )"${code.replace(".", "\\.")}"`);
			return !texts.some((text) => literal.test(text));
		});
		expect(unused).toEqual([]);
	});

	it("have one code each on the wire", () => {
		const wireCodes = Object.values(errorCatalogue).map(({ code }) => code);
		expect(wireCodes.filter((code, index) => wireCodes.indexOf(code) !== index)).toEqual([]);
		expect(wireCodes.filter((code) => !/^[a-z]+(_[a-z]+)*$/.test(code))).toEqual([]);
	});

	it("tell clients to retry only where the status means that it may help", () => {
		const contradictions = Object.entries(errorCatalogue).filter(
			([, { status, retryable }]) => retryable && [401, 403, 404, 405, 413, 415].includes(status),
		);
		expect(contradictions).toEqual([]);
	});
});

describe("configuration", () => {
	it("has a title for every field that people fill in", () => {
		const schemas = [
			// Guards have their own schemas, which follow.
			["settings", editableSettings.omit({ guards: true })],
			...providers.map(({ id, settings }) => [`provider ${id}`, settings] as const),
			...guards.map(({ id, config }) => [`guard ${id}`, config] as const),
			...plugins.map(({ id, config }) => [`plugin ${id}`, config] as const),
		] as const;
		const untitled = schemas.flatMap(([place, schema]) =>
			fieldsOf(inputSchema(schema))
				.filter((field) => (field.schema.title ?? "") === "")
				.map((field) => `${place}: ${field.path}`),
		);
		expect(untitled).toEqual([]);
	});

	it("lists exactly the known variables in .env.example", () => {
		const listed = [...read(".env.example").matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(
			([, name]) => name ?? "",
		);
		const known = environmentReference.map(({ name }) => name.replace("<NAME>", "EXAMPLE"));
		expect(listed.toSorted()).toEqual(known.toSorted());
	});

	it("is never filled in in .env.example", () => {
		const active = read(".env.example")
			.split("\n")
			.filter((line) => line.trim() !== "" && !line.startsWith("#"));
		expect(active).toEqual([]);
	});
});

describe("files", () => {
	const files = projectFiles();

	it("hold at most 400 lines of code", () => {
		const sources = files.filter((path) => /\.(ts|tsx|mjs|cjs)$/.test(path));
		expect(sources.length).toBeGreaterThan(200);
		const long = sources.filter((path) => {
			const lines = read(path).split("\n");
			return lines.filter((line) => line.trim() !== "").length > 400;
		});
		expect(long).toEqual([]);
	});

	it("have names in kebab case", () => {
		/** Names that a tool or a custom prescribes. */
		const given = /^(\..*|__fixtures__|[A-Z]+(\.md)?|Dockerfile|migration_lock\.toml)$/;
		const kebab = /^[a-z0-9]+([.-][a-z0-9]+)*$/;
		const routing = /^(\(\w+\)|\[(\.\.\.)?\w+\])$/;
		const odd = files.filter((path) =>
			path.split("/").some((part, index, parts) => {
				if (given.test(part) || kebab.test(part)) return false;
				if (parts[0] === "app" && routing.test(part)) return false;
				return !(parts[1] === "migrations" && index === 2 && /^\d{14}_[a-z_]+$/.test(part));
			}),
		);
		expect(odd).toEqual([]);
	});

	it("name no place of one person's machine", () => {
		// Written in pieces, so that this file does not name one either.
		const places = new RegExp(
			`/(${["wo" + "rk", "fa" + "rm", "ro" + "ot"].join("|")})/\\w|/(home|Users)/\\w`,
		);
		const texts = files.filter((path) => !/(^package-lock\.json|\.(png|ico|woff2?))$/.test(path));
		const found = texts.flatMap((path) =>
			read(path)
				.split("\n")
				.flatMap((line, index) =>
					places.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [],
				),
		);
		expect(found).toEqual([]);
	});

	it("focus or skip no test", () => {
		const tests = files.filter((path) => /\.(test|spec)\.tsx?$/.test(path));
		const bent = tests.filter((path) =>
			/\b(it|test|describe)\.(only|skip|todo|fixme)\(/.test(read(path)),
		);
		expect(bent).toEqual([]);
	});
});
