import { hash } from "node:crypto";
import type { Caller } from "../pipeline/context.ts";

/** Fields that name, bill or store a request and leave the answer as it is. */
const withoutMeaning = new Set([
	"user",
	"metadata",
	"store",
	"safety_identifier",
	"prompt_cache_key",
	"prompt_cache_retention",
	"service_tier",
]);

export interface KeyParts {
	readonly endpoint: string;
	readonly caller: Caller;
	/** With whom kept answers are shared. */
	readonly sharedBy: "key" | "team" | "organisation";
	readonly namespace: string;
	/** Changes when an answer could be judged or routed differently. */
	readonly policyMark: string;
	readonly json: Readonly<Record<string, unknown>>;
	/** What some dialects say in the address and not in the body. */
	readonly asked: { readonly model: string; readonly isStreaming: boolean };
	/** Digests of uploaded files, in order. */
	readonly files: readonly Uint8Array[];
	/** Those that go on to the provider. */
	readonly headers: readonly (readonly [name: string, value: string])[];
}

/** SHA-256 over everything that changes an answer, and over whom it may be shown to. Hex. */
export function cacheKey(parts: KeyParts): string {
	const { endpoint, caller, sharedBy, namespace, policyMark, json, asked, files, headers } = parts;
	// A response object repeats what its request said about itself, so there everything counts.
	const body = canonical(json, endpoint === "responses" ? undefined : withoutMeaning);
	const scope = scopeOf(caller, sharedBy);
	const digests = files.map((file) => hash("sha256", file));
	const around = JSON.stringify([
		...[endpoint, asked.model, asked.isStreaming, scope, namespace, policyMark],
		...[digests, headers],
	]);
	return hash("sha256", `${around}\n${body}`);
}

/**
 * Whoever belongs to no team shares with nobody else: a narrower scope than asked for is never wrong,
 * a wider one would show one tenant's answers to another.
 */
export function scopeOf(caller: Caller, sharedBy: KeyParts["sharedBy"]): string {
	if (sharedBy === "organisation") return "organisation";
	if (caller.kind === "console") return `user:${caller.userId}`;
	if (sharedBy === "team" && caller.teamId !== null) return `team:${caller.teamId}`;
	return `key:${caller.keyId}`;
}

/** JSON with the members of every object in one order, without those of the outermost that are named. */
function canonical(value: unknown, without?: ReadonlySet<string>): string {
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map((item) => canonical(item)).join()}]`;
	let text = "{";
	for (const name of Object.keys(value).sort()) {
		if (without?.has(name) === true) continue;
		const member = (value as Readonly<Record<string, unknown>>)[name];
		text += `${JSON.stringify(name)}:${canonical(member)},`;
	}
	return `${text}}`;
}
