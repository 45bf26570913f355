import type * as z from "zod";
import type { FieldIssue } from "../../lib/client/problem.ts";
import type { Key } from "../../lib/contracts/keys.ts";
import { keyInput } from "../../lib/contracts/keys.ts";
import type { EndpointId } from "../../proxy-core/contract/settled-record.ts";
import { modelEndpointIds } from "../../proxy-core/contract/settled-record.ts";

/** What the form holds: numbers as they are typed, the rest as the contract has it. */
export interface KeyDraft {
	readonly name: string;
	readonly ownerId: string | null;
	readonly teamId: string | null;
	readonly allowedModels: readonly string[];
	readonly allowedEndpoints: readonly EndpointId[];
	/** Empty: the installation's default. */
	readonly requestsPerMinute: string;
	/** ISO 8601; null never expires. */
	readonly expiresAt: string | null;
}

export type KeyInput = z.output<typeof keyInput>;

export function newDraft(ownerId: string): KeyDraft {
	return {
		name: "",
		ownerId,
		teamId: null,
		allowedModels: [],
		allowedEndpoints: modelEndpointIds,
		requestsPerMinute: "",
		expiresAt: null,
	};
}

export function draftOf(key: Key): KeyDraft {
	return {
		name: key.name,
		ownerId: key.owner?.id ?? null,
		teamId: key.team?.id ?? null,
		allowedModels: key.allowedModels,
		allowedEndpoints: key.allowedEndpoints,
		requestsPerMinute: key.requestsPerMinute === null ? "" : String(key.requestsPerMinute),
		expiresAt: key.expiresAt,
	};
}

export type DraftCheck =
	| { readonly ok: true; readonly input: KeyInput }
	| { readonly ok: false; readonly issues: readonly FieldIssue[] };

/** The draft as the contract wants it, or every field at fault by its top-level name. */
export function checkDraft(draft: KeyDraft, now: Date): DraftCheck {
	const limit = draft.requestsPerMinute.trim();
	const parsed = keyInput.safeParse({
		...draft,
		requestsPerMinute: limit === "" ? null : Number(limit),
	});
	const issues: FieldIssue[] = parsed.success
		? []
		: parsed.error.issues.map(({ path, message }) => ({ path: String(path[0] ?? ""), message }));
	if (draft.expiresAt !== null && Date.parse(draft.expiresAt) <= now.getTime()) {
		issues.push({ path: "expiresAt", message: "Choose a day that has not passed." });
	}
	return parsed.success && issues.length === 0
		? { ok: true, input: parsed.data }
		: { ok: false, issues };
}

export const expiryDays = [7, 30, 90, 365] as const;

export function inDays(days: number, now: Date): string {
	return new Date(now.getTime() + days * 86_400_000).toISOString();
}

/** The last moment of a day (`2026-03-04`) in the reader's zone; null for something that is no day. */
export function endOfDay(day: string): string | null {
	const at = new Date(`${day}T23:59:59`);
	return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** The day (`2026-03-04`) of an instant in the reader's zone. */
export function dayOf(instant: string): string {
	const at = new Date(instant);
	return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
