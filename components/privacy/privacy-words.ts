import type { Privacy, PrivacyCounts } from "../../lib/contracts/privacy.ts";
import type {
	PersonalDataAction,
	PersonalDataGroup,
	PersonalDataTypeEntry,
} from "../../proxy-core/contract/personal-data.ts";
import { personalDataTypes } from "../../proxy-core/contract/personal-data.ts";
import type { PrivacySettings } from "../../proxy-core/contract/privacy-settings.ts";
import { personalDataActionOf } from "../../proxy-core/contract/privacy-settings.ts";

export const modeWords = {
	off: { label: "Off", hint: "Nothing is looked for." },
	monitor: { label: "Monitor", hint: "Found and recorded; requests stay as they are." },
	enforce: { label: "Enforce", hint: "Taken out of requests, put back into answers." },
} as const satisfies Record<PrivacySettings["mode"], { label: string; hint: string }>;

export const analyzerWords = {
	builtin: { label: "Built in", hint: "No other service is needed." },
	presidio: { label: "Presidio", hint: "Only what a Presidio analyzer finds." },
	both: { label: "Both", hint: "What either of them finds." },
} as const satisfies Record<PrivacySettings["analyzer"], { label: string; hint: string }>;

export const actionWords = {
	off: { label: "Ignore", hint: "Not looked for." },
	flag: { label: "Note", hint: "Recorded; the text stays." },
	mask: { label: "Mask", hint: "A placeholder, restored in the answer." },
	redact: { label: "Redact", hint: "Taken out for good." },
	hash: { label: "Hash", hint: "A keyed digest, the same each time." },
	block: { label: "Block", hint: "The request is refused." },
} as const satisfies Record<PersonalDataAction, { label: string; hint: string }>;

export const failureWords = {
	closed: { label: "Refuse the request", hint: "Nothing leaves unchecked." },
	builtin: { label: "Use the built-in finder", hint: "Until the analyzer is back." },
	open: { label: "Go on without it", hint: "Personal data may reach providers." },
} as const satisfies Record<
	PrivacySettings["presidio"]["onFailure"],
	{ label: string; hint: string }
>;

export const groupWords: Readonly<Record<PersonalDataGroup, string>> = {
	contact: "Contact",
	identity: "Identity",
	finance: "Finance",
	health: "Health",
	network: "Network",
	place: "Place",
	profile: "Profile",
	country: "National numbers",
};

/** Options for a `Select`, in the order of `words`. */
export function optionsOf<Value extends string>(
	words: Readonly<Record<Value, { readonly label: string; readonly hint: string }>>,
): readonly { readonly value: Value; readonly label: string; readonly hint: string }[] {
	return (Object.keys(words) as Value[]).map((value) => ({ value, ...words[value] }));
}

export interface TypeRow {
	readonly id: string;
	readonly title: string;
	readonly group: PersonalDataGroup | null;
	readonly country: string | null;
	/** Null: only an analyzer from outside knows the type, and its action is set for all such at once. */
	readonly defaultAction: PersonalDataAction | null;
	readonly action: PersonalDataAction;
	readonly counts: PrivacyCounts | undefined;
}

export interface TypeFilter {
	readonly search: string;
	readonly group: string;
	readonly action: string;
}

export function readTypeFilter(params: {
	readonly get: (name: string) => string | null;
}): TypeFilter {
	return {
		search: params.get("search") ?? "",
		group: params.get("group") ?? "all",
		action: params.get("action") ?? "all",
	};
}

/** Every type, those first that were found lately; the draft's action beside each. */
export function typeRows(
	value: Pick<PrivacySettings, "actions" | "presidio">,
	counts: Privacy["counts"],
): readonly TypeRow[] {
	const byType = new Map(counts.map((row) => [row.type, row]));
	const known = personalDataTypes.map(
		(type: PersonalDataTypeEntry): TypeRow => ({
			id: type.id,
			title: type.title,
			group: type.group,
			country: type.country ?? null,
			defaultAction: type.action,
			action: personalDataActionOf(value, type.id),
			counts: byType.get(type.id),
		}),
	);
	const ids = new Set(known.map(({ id }) => id));
	const others = counts
		.filter(({ type }) => !ids.has(type))
		.map(
			(row): TypeRow => ({
				id: row.type,
				title: "Known to the analyzer only",
				group: null,
				country: null,
				defaultAction: null,
				action: value.presidio.otherTypes,
				counts: row,
			}),
		);
	return [...known, ...others].toSorted((a, b) => foundIn(b) - foundIn(a));
}

function foundIn({ counts }: TypeRow): number {
	return counts?.week.found ?? 0;
}

export function filterTypes(rows: readonly TypeRow[], filter: TypeFilter): readonly TypeRow[] {
	const search = filter.search.trim().toLowerCase();
	return rows.filter(
		({ id, title, group, action }) =>
			(filter.group === "all" || filter.group === group) &&
			(filter.action === "all" || filter.action === action) &&
			(search === "" || `${id} ${title}`.toLowerCase().includes(search)),
	);
}

/** The settings with another action for a type; the default is not written down. */
export function withAction<Value extends Pick<PrivacySettings, "actions">>(
	value: Value,
	row: Pick<TypeRow, "id" | "defaultAction">,
	action: PersonalDataAction,
): Value {
	const { [row.id]: _before, ...others } = value.actions as Readonly<
		Record<string, PersonalDataAction>
	>;
	const actions = action === row.defaultAction ? others : { ...others, [row.id]: action };
	return { ...value, actions };
}

/** Without the empty lines that stay in a field while somebody types. */
export function readyToSend(value: PrivacySettings): PrivacySettings {
	const allowed = value.allowed.map((text) => text.trim()).filter((text) => text !== "");
	return { ...value, allowed };
}

/** The words in which a saved change is summed up: `Mode, 2 actions`. */
export function changedParts(before: PrivacySettings, after: PrivacySettings): readonly string[] {
	const names = {
		mode: "mode",
		analyzer: "analyzer",
		actions: "actions",
		countries: "countries",
		allowed: "exceptions",
		scope: "scope",
		presidio: "Presidio",
	} as const satisfies Record<keyof PrivacySettings, string>;
	return (Object.keys(names) as (keyof PrivacySettings)[])
		.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]))
		.map((part) => names[part]);
}

export interface TrialPiece {
	readonly text: string;
	/** Undefined: harmless. */
	readonly type: string | undefined;
	readonly start: number;
}

/** A text cut into what was found in it and what lies between. */
export function piecesOf(
	text: string,
	found: readonly { readonly type: string; readonly start: number; readonly end: number }[],
): readonly TrialPiece[] {
	const pieces: TrialPiece[] = [];
	let at = 0;
	for (const { type, start, end } of found.toSorted((a, b) => a.start - b.start)) {
		if (start < at) continue;
		if (start > at) pieces.push({ text: text.slice(at, start), type: undefined, start: at });
		pieces.push({ text: text.slice(start, end), type, start });
		at = end;
	}
	if (at < text.length) pieces.push({ text: text.slice(at), type: undefined, start: at });
	return pieces;
}
