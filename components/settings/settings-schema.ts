import * as z from "zod";
import type { Permission } from "../../lib/contracts/permissions.ts";

const objectSchema = z.looseObject({ properties: z.record(z.string(), z.unknown()) });
const partSchema = z.looseObject({
	type: z.string().optional(),
	properties: z.unknown().optional(),
});

export interface OtherPage {
	/** Where its part lies in the settings. */
	readonly path: readonly string[];
	readonly href: `/${string}`;
	readonly label: string;
	readonly holds: string;
	readonly needs: Permission;
}

/** Parts of the settings that have pages of their own; the form here leaves them out. */
export const otherPages: readonly OtherPage[] = [
	{
		path: ["guards"],
		href: "/guards",
		label: "Guards",
		holds: "Modes, thresholds, rules, scope and exceptions of each guard.",
		needs: "guards:read",
	},
	{
		path: ["firewall"],
		href: "/signatures",
		label: "Signatures",
		holds: "The firewall: its mode, its signatures and your own.",
		needs: "guards:read",
	},
	{
		path: ["privacy"],
		href: "/privacy",
		label: "Privacy",
		holds: "Personal data in requests: types, actions and the analyzer.",
		needs: "guards:read",
	},
	{
		path: ["threats", "allow"],
		href: "/bans?tab=allow-list",
		label: "Bans",
		holds: "The allow-list: addresses and keys that nothing is ever done about.",
		needs: "threats:act",
	},
];

/**
 * What the form of the settings is made from: without the parts of other pages, and without those that
 * say nothing about what is in them, for a box of raw JSON is no form. The values of both stay as they are.
 */
export function formSchema(schema: unknown): unknown {
	const parsed = objectSchema.safeParse(schema);
	if (!parsed.success) return schema;
	const properties = Object.entries(parsed.data.properties).filter(([, part]) => {
		const { type, properties: inner } = partSchema.safeParse(part).data ?? {};
		return type !== "object" || inner !== undefined;
	});
	const described = { ...parsed.data, properties: Object.fromEntries(properties) };
	return otherPages.reduce<unknown>((rest, { path }) => withoutPart(rest, path), described);
}

/** Of a value of the settings only the sections that the form has fields of. */
export function sectionsOf(schema: unknown, value: object): Record<string, unknown> {
	const names = Object.keys(objectSchema.safeParse(schema).data?.properties ?? {});
	return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}

function withoutPart(schema: unknown, [name = "", ...rest]: readonly string[]): unknown {
	const parsed = objectSchema.safeParse(schema);
	if (!parsed.success) return schema;
	const { [name]: part, ...others } = parsed.data.properties;
	if (part === undefined) return schema;
	if (rest.length === 0) return { ...parsed.data, properties: others };
	const properties = { ...parsed.data.properties, [name]: withoutPart(part, rest) };
	return { ...parsed.data, properties };
}
