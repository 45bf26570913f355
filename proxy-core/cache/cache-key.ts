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
	/** Digests of uploaded files, in order. */
	readonly files: readonly Uint8Array[];
	/** Those that go on to the provider. */
	readonly headers: readonly (readonly [name: string, value: string])[];
}

/** SHA-256 over everything that changes an answer, and over whom it may be shown to. Hex. */
export function cacheKey(parts: KeyParts): string {
	const { endpoint, caller, sharedBy, namespace, policyMark, json, files, headers } = parts;
	// A response object repeats what its request said about itself, so there everything counts.
	const counted =
		endpoint === "responses"
			? json
			: Object.fromEntries(Object.entries(json).filter(([name]) => !withoutMeaning.has(name)));
	const scope = scopeOf(caller, sharedBy);
	const digests = files.map((file) => hash("sha256", file));
	return hash(
		"sha256",
		JSON.stringify([endpoint, scope, namespace, policyMark, sorted(counted), digests, headers]),
	);
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

/** The same value with the members of every object in one order. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== "object" || value === null) return value;
	const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(members.map(([name, inner]) => [name, sorted(inner)]));
}
