import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Endpoint } from "../../lib/contracts/endpoint.ts";

const contractsDir = resolve(import.meta.dirname, "../../lib/contracts");

/** A contract under the name by which routes and the browser's client import it. */
export interface NamedEndpoint {
	readonly name: string;
	readonly endpoint: Endpoint;
}

/** Every endpoint that any contract file exports, whether it is registered or not. */
export async function exportedEndpoints(): Promise<readonly NamedEndpoint[]> {
	const files = readdirSync(contractsDir)
		.filter((file) => /(?<!\.test)\.ts$/.test(file))
		.sort();
	const modules = await Promise.all(
		files.map(
			(file): Promise<Record<string, unknown>> =>
				import(pathToFileURL(join(contractsDir, file)).href),
		),
	);
	return modules.flatMap((module) =>
		Object.entries(module).flatMap(([name, value]) =>
			isEndpoint(value) ? [{ name, endpoint: value }] : [],
		),
	);
}

function isEndpoint(value: unknown): value is Endpoint {
	return typeof value === "object" && value !== null && "access" in value && "path" in value;
}
