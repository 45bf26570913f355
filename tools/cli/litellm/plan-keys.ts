import { hash } from "node:crypto";
import { budgetInput } from "../../../lib/contracts/budgets.ts";
import { keyInput } from "../../../lib/contracts/keys.ts";
import { keyIdOf } from "../../../proxy-core/keys/key-token.ts";
import type { Fields, Path } from "./config-file.ts";
import { isFields, UnusableFileError } from "./config-file.ts";
import type { PlannedBudget, PlannedKey } from "./import-plan.ts";
import type { Notes } from "./notes.ts";
import { moneyBudget } from "./plan-budgets.ts";
import { numberOf, textOf, textsOf } from "./values.ts";

export interface KeysInput {
	/** Of `model_list`: groups of models that keys may name in their place. */
	readonly accessGroups: ReadonlyMap<string, readonly string[]>;
	/** Names that a key may be allowed: routes and patterns. */
	readonly isKnown: (name: string) => boolean;
	readonly now: number;
	readonly notes: Notes;
}

export interface KeysPlan {
	readonly keys: readonly PlannedKey[];
	/** On keys; the subject is the key's id. */
	readonly budgets: readonly PlannedBudget[];
}

/** LiteLLM's ways to say "every model". */
const everyModel = new Set(["all-proxy-models", "all-team-models", "*"]);

/**
 * The keys of an export: what `/key/list?return_full_object=true` or `/key/info` answered, or a list of
 * such objects. Throws `UnusableFileError` for anything else.
 */
export function readKeyExport(text: string): readonly Fields[] {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		// The parser's own words quote the text, and the text holds keys.
		throw new UnusableFileError([{ line: 1, message: "This is not JSON." }], { cause });
	}
	const list = isFields(value) ? (value["keys"] ?? value["data"] ?? [value]) : value;
	const entries = Array.isArray(list) ? list : [];
	if (entries.length === 0 || !entries.every(isFields)) {
		throw new UnusableFileError([
			{
				line: 1,
				message: "No keys as objects are there; ask LiteLLM for /key/list?return_full_object=true.",
			},
		]);
	}
	return entries.map((entry) => {
		const info = entry["info"];
		return isFields(info) ? { token: entry["key"], ...info } : entry;
	});
}

export function planKeys(entries: readonly Fields[], input: KeysInput): KeysPlan {
	const plans = entries.map((entry, index) => planKey(entry, ["keys", index], input));
	return {
		keys: plans.flatMap(({ keys }) => keys),
		budgets: plans.flatMap(({ budgets }) => budgets),
	};
}

/** A key that is known as it is, such as the master key. Undefined: too short to be safe. */
export function knownKey(name: string, token: string): PlannedKey | undefined {
	const id = keyIdOf(token);
	if (id === undefined) return undefined;
	return {
		...{ id, name, token },
		...{ team: undefined, allowedModels: [], requestsPerMinute: null, expiresAt: null },
	};
}

function planKey(entry: Fields, path: Path, input: KeysInput): KeysPlan {
	const { notes } = input;
	const given = textOf(entry["key"]) ?? textOf(entry["token"]);
	const name = (textOf(entry["key_alias"]) ?? textOf(entry["key_name"]) ?? "LiteLLM key").slice(
		0,
		80,
	);
	const none = { keys: [], budgets: [] };
	const expires = textOf(entry["expires"]);
	const expiresAt = expires === undefined ? null : new Date(expires);
	const problem = unusableReason(entry, { given, expiresAt, now: input.now });
	if (given === undefined || problem !== undefined) {
		notes.left(path, `${name}: ${problem}`);
		return none;
	}
	const isHash = /^[0-9a-f]{64}$/.test(given);
	const known = isHash ? undefined : keyIdOf(given);
	const id = known ?? issuedId(given);
	if (known === undefined) {
		const why = isHash ? "LiteLLM exports only a hash of it" : "it is shorter than 24 characters";
		notes.changed(path, `${name}: ${why}, so a new key is issued; give it to the application.`);
	}
	const fields = keyInput.safeParse({
		name,
		allowedModels: modelsOf(entry, { ...input, path, name }),
		requestsPerMinute: positive(entry["rpm_limit"]) ?? null,
	});
	if (!fields.success) {
		const [issue] = fields.error.issues;
		notes.left(path, `${name}: ${issue?.path.join(".")}: ${issue?.message}`);
		return none;
	}
	tellOfTheRest(entry, { notes, path, name });
	const team = textOf(entry["team_alias"]) ?? textOf(entry["team_id"]);
	const { allowedModels, requestsPerMinute } = fields.data;
	const token = known === undefined ? undefined : given;
	return {
		keys: [{ id, name, token, team, allowedModels, requestsPerMinute, expiresAt }],
		budgets: limitsOf(entry, { path, id, name, notes }),
	};
}

interface Told {
	readonly given: string | undefined;
	readonly expiresAt: Date | null;
	readonly now: number;
}

function unusableReason(entry: Fields, { given, expiresAt, now }: Told): string | undefined {
	if (given === undefined) return "neither key nor token is there.";
	if (entry["blocked"] === true) return "it is blocked.";
	if (expiresAt === null) return undefined;
	if (Number.isNaN(expiresAt.getTime())) return "expires is not a time.";
	return expiresAt.getTime() <= now ? "it has expired." : undefined;
}

/** The same for the same key in every run, so that a second import finds what the first one issued. */
function issuedId(given: string): string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	let rest = BigInt(`0x${hash("sha256", `llmproxy.import.v1:${given}`, "hex")}`);
	let id = "";
	while (id.length < 10) {
		id += digits.charAt(Number(rest % 62n));
		rest /= 62n;
	}
	return id;
}

function modelsOf(
	entry: Fields,
	{
		accessGroups,
		isKnown,
		notes,
		path,
		name,
	}: KeysInput & { readonly path: Path; readonly name: string },
): readonly string[] {
	const given = textsOf(entry["models"]);
	if (given.includes("all-team-models")) {
		notes.changed(path, `${name}: teams do not limit models here; the key may use all.`);
	}
	if (given.length === 0 || given.some((model) => everyModel.has(model))) return [];
	const models = given.flatMap((model) => accessGroups.get(model) ?? [model]);
	const unknown = models.filter((model) => !isKnown(model));
	if (unknown.length > 0) {
		notes.changed(
			path,
			`${name}: there is no model ${unknown.join(", ")} yet; the name stays allowed.`,
		);
	}
	return [...new Set(models)];
}

interface Limited {
	readonly path: Path;
	readonly id: string;
	readonly name: string;
	readonly notes: Notes;
}

function limitsOf(entry: Fields, { path, id, name, notes }: Limited): readonly PlannedBudget[] {
	const title = `Key ${name} (LiteLLM)`.slice(0, 80);
	const of = { scope: "key", subject: id } as const;
	const tokens = positive(entry["tpm_limit"]);
	const parallel = positive(entry["max_parallel_requests"]);
	return [
		...moneyBudget(entry, { path, title, ...of, notes }),
		...(tokens === undefined
			? []
			: [budgetInput.parse({ title, ...of, unit: "tokens", window: "minute", hardLimit: tokens })]),
		...(parallel === undefined
			? []
			: [
					budgetInput.parse({
						title,
						...of,
						unit: "parallel",
						window: "total",
						hardLimit: parallel,
					}),
				]),
	];
}

const withoutCounterpart = [
	["user_id", "the key has no owner here; set one under Keys"],
	["aliases", "aliases of one key; make routes"],
	["model_max_budget", "budgets of one model for one key"],
	["model_rpm_limit", "limits of one model for one key"],
	["model_tpm_limit", "limits of one model for one key"],
	["allowed_routes", "choose its endpoints under Keys"],
	["guardrails", "guards are chosen in the settings"],
] as const;

function tellOfTheRest(
	entry: Fields,
	{ notes, path, name }: { readonly notes: Notes; readonly path: Path; readonly name: string },
): void {
	for (const [field, why] of withoutCounterpart) {
		const value = entry[field];
		const isEmpty =
			value == null ||
			value === "" ||
			(typeof value === "object" && Object.keys(value).length === 0);
		if (!isEmpty) notes.left(path, `${name}: ${field} — ${why}.`);
	}
	if ((numberOf(entry["spend"]) ?? 0) > 0 && entry["max_budget"] != null) {
		notes.left(path, `${name}: what was spent already; its budget begins at zero.`);
	}
}

function positive(value: unknown): number | undefined {
	const number = numberOf(value);
	return number === undefined || number < 1 ? undefined : Math.floor(number);
}
