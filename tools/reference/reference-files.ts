import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { adminEndpoints } from "../../lib/contracts/registry.ts";
import { adminApiPage } from "./admin-api-page.ts";
import { conformancePage } from "./conformance-page.ts";
import type { NamedEndpoint } from "./endpoint-names.ts";
import { exportedEndpoints } from "./endpoint-names.ts";
import { environmentPage } from "./environment-page.ts";
import { errorsPage } from "./errors-page.ts";
import { guardsPage } from "./guards-page.ts";
import { headersPage } from "./headers-page.ts";
import type { ReferenceFile } from "./markdown.ts";
import { storedResults, withMeasurements } from "./measurements.ts";
import { openapiDocument } from "./openapi.ts";
import { permissionsPage } from "./permissions-page.ts";
import { pluginsPage } from "./plugins-page.ts";
import { providersPage } from "./providers-page.ts";
import { settingsPage } from "./settings-page.ts";
import { speedPage } from "./speed-page.ts";

/** Everything that is made from the code. Depends on the files of `root` and on nothing else. */
export async function referenceFiles(root: string): Promise<readonly ReferenceFile[]> {
	const endpoints = await registeredEndpoints();
	const { version, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
		readonly version: string;
		readonly license: string;
	};
	const document = openapiDocument(endpoints, { version, license });
	return [
		{ path: "docs/reference/errors.md", text: errorsPage() },
		{ path: "docs/reference/environment.md", text: environmentPage() },
		{ path: "docs/reference/headers.md", text: headersPage() },
		{ path: "docs/reference/settings.md", text: settingsPage() },
		{ path: "docs/reference/permissions.md", text: permissionsPage() },
		{ path: "docs/reference/admin-api.md", text: adminApiPage(endpoints) },
		{ path: "docs/reference/providers.md", text: providersPage() },
		{ path: "docs/reference/guards.md", text: guardsPage() },
		{ path: "docs/reference/plugins.md", text: pluginsPage() },
		{
			path: "docs/reference/conformance.md",
			text: conformancePage(storedResults(root, "conformance.json")),
		},
		{
			path: "docs/reference/speed.md",
			text: speedPage({
				bench: storedResults(root, "latest.json"),
				security: storedResults(root, "security.json"),
				console: storedResults(root, "console.json"),
			}),
		},
		openapiFile("docs/reference/openapi.json", document, root),
		{
			path: "README.md",
			text: withMeasurements(readFileSync(join(root, "README.md"), "utf8"), root),
		},
	];
}

/** In the registry's order, under the names of their exports. */
async function registeredEndpoints(): Promise<readonly NamedEndpoint[]> {
	const exported = await exportedEndpoints();
	return adminEndpoints.map((endpoint) => {
		const named = exported.find((candidate) => candidate.endpoint === endpoint);
		if (named === undefined) throw new Error(`No contract file exports ${endpoint.path}.`);
		return named;
	});
}

/** Formatted like every other JSON file of the project, so that the formatter's check passes. */
function openapiFile(path: string, document: object, root: string): ReferenceFile {
	const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
	const result = spawnSync(
		process.execPath,
		[biome, "format", `--stdin-file-path=${path}`, "--colors=off"],
		{ cwd: root, input: JSON.stringify(document), encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
	);
	if (result.status !== 0) throw new Error(`Biome could not format ${path}: ${result.stderr}`);
	return { path, text: result.stdout };
}
