import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseEnv } from "node:util";
import { allowedHostOf } from "../../proxy-core/egress/allow-list.ts";
import { closestName } from "./environment/closest-name.ts";
import type { EnvironmentProblem, EnvironmentProvider } from "./environment/endpoints.ts";
import { endpointVariables, isEndpointVariable, readEndpoints } from "./environment/endpoints.ts";
import { readProviders } from "./environment/read-providers.ts";
import type { EnvironmentKey, FixedVariables } from "./environment/variables.ts";
import { environmentSchema } from "./environment/variables.ts";

/** Facts about this process, fixed when it starts. What operators change while it runs is in the settings. */
export interface Environment {
	readonly port: number;
	readonly host: string;
	readonly role: "all" | "gateway" | "console";
	/** Gateway processes; 1: this process is the only one. */
	readonly workers: number;
	/** Undefined: start the embedded server. */
	readonly databaseUrl: string | undefined;
	/** Absolute. */
	readonly dataDir: string;
	/** As given; `openMasterKey` makes bytes of it. */
	readonly masterKey: string | undefined;
	readonly admin: { readonly email: string; readonly password: string } | undefined;
	readonly apiKeys: readonly EnvironmentKey[];
	/** Without a trailing slash. */
	readonly publicUrl: string | undefined;
	readonly trustedProxies: readonly string[];
	/** Hosts, addresses and ranges, those of `providers` and `ollamaUrl` included. */
	readonly egressAllow: readonly string[];
	readonly logLevel: "info" | "warn" | "error";
	readonly providers: readonly EnvironmentProvider[];
	/** Undefined: do not look for an Ollama. */
	readonly ollamaUrl: string | undefined;
	/** Undefined: the detector that ships is the only one. */
	readonly classifier: EnvironmentClassifier | undefined;
}

/** A heavy classifier of texts. Folders are absolute. */
export interface EnvironmentClassifier {
	readonly modelDir: string;
	/** Where the package that runs it is installed; undefined: beside the model, or in LLMProxy. */
	readonly packagesDir: string | undefined;
	/** Labels that mean an attack; empty: recognised by their names. */
	readonly labels: readonly string[];
	readonly threads: number;
}

/** Thrown with every problem at once, so that nobody mends them one start at a time. */
export class EnvironmentError extends Error {
	override readonly name = "EnvironmentError";
	readonly problems: readonly EnvironmentProblem[];

	constructor(problems: readonly EnvironmentProblem[]) {
		const lines = problems.map(({ name, given, message }) => `  ${name}: got ${given}, ${message}`);
		super(`The environment has ${problems.length} problem(s):\n${lines.join("\n")}`);
		this.problems = problems;
	}
}

/** One row of the reference page. */
export interface VariableReference {
	readonly name: string;
	readonly defaultText: string;
	readonly description: string;
	readonly isSecret: boolean;
}

const fixedNames = Object.keys(environmentSchema.shape) as readonly (keyof FixedVariables)[];

/** Every variable that is read, in the order of the reference page and of `.env.example`. */
export const environmentReference: readonly VariableReference[] = [
	...fixedNames.map((name) => {
		const meta = environmentSchema.shape[name].meta();
		return {
			name,
			defaultText: String(meta?.["defaultText"]),
			description: String(meta?.description),
			isSecret: meta?.["isSecret"] === true,
		};
	}),
	...Object.entries(endpointVariables).map(([part, description]) => ({
		name: `LLMPROXY_ENDPOINT_<NAME>_${part}`,
		defaultText: "none",
		description,
		isSecret: part === "KEY",
	})),
];

/**
 * Checks and types the environment. Empty values count as not set; unknown `LLMPROXY_…` names are
 * problems too, because a misspelt one would silently not protect anything.
 * Throws `EnvironmentError`.
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
	const given: Record<string, string> = {};
	for (const [name, value] of Object.entries(env)) {
		if (value !== undefined && value.trim() !== "") given[name] = value;
	}
	const parsed = environmentSchema.safeParse(given);
	const endpoints = readEndpoints(given);
	const fixed: FixedVariables = parsed.success ? parsed.data : environmentSchema.parse({});
	const providers = [...readProviders(fixed), ...endpoints.providers];
	const problems = [
		...(parsed.success ? [] : parsed.error.issues.map((issue) => toProblem(issue, given))),
		...pairProblems(given),
		...endpoints.problems,
		...clashes(providers),
		...unknownNames(given),
	];
	if (problems.length > 0) throw new EnvironmentError(problems);
	return toEnvironment(fixed, providers);
}

/** The environment of this process, with the project's `.env` file beneath it. */
export function loadEnvironment(projectDir: string): Environment {
	const path = join(projectDir, ".env");
	const file = existsSync(path) ? parseEnv(readFileSync(path, "utf8")) : {};
	const own = Object.entries(process.env).filter(
		([, value]) => value !== undefined && value !== "",
	);
	return readEnvironment({ ...file, ...Object.fromEntries(own) });
}

function toEnvironment(
	fixed: FixedVariables,
	providers: readonly EnvironmentProvider[],
): Environment {
	const ollama = fixed.OLLAMA_HOST ?? "http://127.0.0.1:11434";
	const ollamaUrl = ollama === "off" ? undefined : ollama;
	const addresses = [ollamaUrl, ...providers.map((provider) => provider.settings["baseUrl"])];
	const hosts = addresses.filter((address) => address !== undefined).map(allowedHostOf);
	const email = fixed.LLMPROXY_ADMIN_EMAIL;
	const password = fixed.LLMPROXY_ADMIN_PASSWORD;
	return {
		port: fixed.PORT ?? 8090,
		host: fixed.HOST ?? "127.0.0.1",
		role: fixed.ROLE ?? "all",
		workers: workersOf(fixed),
		databaseUrl: fixed.DATABASE_URL,
		dataDir: resolve(fixed.LLMPROXY_DATA_DIR ?? "data"),
		masterKey: fixed.LLMPROXY_MASTER_KEY,
		admin: email !== undefined && password !== undefined ? { email, password } : undefined,
		apiKeys: fixed.LLMPROXY_API_KEYS ?? [],
		publicUrl: fixed.LLMPROXY_PUBLIC_URL,
		trustedProxies: fixed.LLMPROXY_TRUSTED_PROXIES ?? [],
		egressAllow: [...new Set([...(fixed.LLMPROXY_EGRESS_ALLOW ?? []), ...hosts])],
		logLevel: fixed.LLMPROXY_LOG_LEVEL ?? "info",
		providers,
		ollamaUrl,
		classifier: classifierOf(fixed),
	};
}

function classifierOf({
	LLMPROXY_CLASSIFIER_MODEL: modelDir,
	LLMPROXY_CLASSIFIER_PACKAGES: packagesDir,
	LLMPROXY_CLASSIFIER_LABELS: labels = [],
	LLMPROXY_CLASSIFIER_THREADS: threads = 1,
}: FixedVariables): EnvironmentClassifier | undefined {
	if (modelDir === undefined) return undefined;
	return {
		modelDir: resolve(modelDir),
		packagesDir: packagesDir === undefined ? undefined : resolve(packagesDir),
		...{ labels, threads },
	};
}

/** Beyond eight the primary and the database are what more processes would wait for. */
const autoWorkersMax = 8;

function workersOf({ WORKERS = 1, ROLE }: FixedVariables): number {
	if (ROLE === "console") return 1;
	return WORKERS === "auto" ? Math.min(availableParallelism(), autoWorkersMax) : WORKERS;
}

function toProblem(
	issue: { readonly path: readonly PropertyKey[]; readonly message: string },
	given: Readonly<Record<string, string>>,
): EnvironmentProblem {
	const name = String(issue.path[0]);
	const text = given[name] ?? "";
	const reference = environmentReference.find((row) => row.name === name);
	// A URL typed into a field with credentials in it is as secret as a key.
	const isSecret = reference?.isSecret !== false || text.includes("@");
	return {
		name,
		given: isSecret ? `a value of ${text.length} characters` : JSON.stringify(text.slice(0, 100)),
		message: issue.message,
	};
}

function pairProblems(given: Readonly<Record<string, string>>): EnvironmentProblem[] {
	const pair = ["LLMPROXY_ADMIN_EMAIL", "LLMPROXY_ADMIN_PASSWORD"] as const;
	const missing = pair.filter((name) => given[name] === undefined);
	const admin = missing.length === 1 ? missing.map((name) => needed(name, otherOf(name))) : [];
	const model = "LLMPROXY_CLASSIFIER_MODEL";
	const about = ["PACKAGES", "LABELS", "THREADS"].map((part) => `LLMPROXY_CLASSIFIER_${part}`);
	const set =
		given[model] === undefined ? about.find((name) => given[name] !== undefined) : undefined;
	return set === undefined ? admin : [...admin, needed(model, set)];

	function otherOf(name: string): string {
		return pair.find((other) => other !== name) ?? "";
	}
}

function needed(name: string, because: string): EnvironmentProblem {
	return { name, given: "nothing", message: `expected a value, because ${because} is set` };
}

function clashes(providers: readonly EnvironmentProvider[]): EnvironmentProblem[] {
	const ids = ["simulator", "ollama", ...providers.map((provider) => provider.id)];
	const doubled = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
	return [...doubled].map((id) => ({
		name: `LLMPROXY_ENDPOINT_${id.toUpperCase().replaceAll("-", "_")}_URL`,
		given: `the name ${JSON.stringify(id)}`,
		message: "expected a name that no other provider has",
	}));
}

function unknownNames(given: Readonly<Record<string, string>>): EnvironmentProblem[] {
	const isKnown = (name: string) =>
		(fixedNames as readonly string[]).includes(name) || isEndpointVariable(name);
	return Object.keys(given)
		.filter((name) => name.startsWith("LLMPROXY_") && !isKnown(name))
		.map((name) => {
			const known = environmentReference.map((row) => row.name);
			return {
				name,
				given: "an unknown variable",
				message: `expected a known name; did you mean ${closestName(name, known)}?`,
			};
		});
}
