import * as z from "zod";

interface FieldBase {
	/** Keys from the root of the value, such as `["limits", "bodyBytesMax"]`. */
	readonly path: readonly string[];
	readonly label: string;
	readonly help: string | undefined;
	readonly isRequired: boolean;
	/** An empty field is stored as null instead of being left out. */
	readonly isNullable: boolean;
	/** What counts when the field is left alone; undefined when there is none. */
	readonly defaultValue: unknown;
}

/** One control of a form made from a JSON Schema. */
export type SchemaField = FieldBase &
	(
		| { readonly kind: "group"; readonly fields: readonly SchemaField[] }
		| ({ readonly kind: "text" | "secret" | "textarea" } & TextLimits)
		| ({ readonly kind: "number" } & NumberLimits)
		| { readonly kind: "toggle" }
		| { readonly kind: "choice"; readonly options: readonly string[] }
		| { readonly kind: "choices"; readonly options: readonly string[] }
		| { readonly kind: "list" }
		| { readonly kind: "json" }
	);

interface TextLimits {
	readonly lengthMin: number;
	readonly lengthMax: number;
	readonly pattern: string | undefined;
	readonly format: string | undefined;
}

interface NumberLimits {
	readonly isInteger: boolean;
	readonly min: number | undefined;
	readonly max: number | undefined;
	readonly step: number | undefined;
	readonly unit: string | undefined;
}

const nodeSchema = z.looseObject({
	$ref: z.string().optional(),
	type: z.string().optional(),
	title: z.string().optional(),
	description: z.string().optional(),
	properties: z.record(z.string(), z.unknown()).optional(),
	required: z.array(z.string()).optional(),
	items: z.unknown().optional(),
	enum: z.array(z.unknown()).optional(),
	const: z.unknown().optional(),
	anyOf: z.array(z.unknown()).optional(),
	default: z.unknown().optional(),
	minimum: z.number().optional(),
	maximum: z.number().optional(),
	minLength: z.number().optional(),
	maxLength: z.number().optional(),
	pattern: z.string().optional(),
	format: z.string().optional(),
	unit: z.string().optional(),
	ui: z.looseObject({ control: z.string().optional(), step: z.number().optional() }).optional(),
});
type Node = z.infer<typeof nodeSchema>;

interface Place {
	readonly root: unknown;
	readonly path: readonly string[];
	readonly isRequired: boolean;
}

/**
 * The fields of an object schema (JSON Schema 2020-12 as Zod writes it, with `ui` and `unit` hints),
 * in the order in which they were declared. Shapes without a control of their own become `json`.
 */
export function schemaFields(schema: unknown): readonly SchemaField[] {
	return fieldsOf(resolve(schema, schema), { root: schema, path: [], isRequired: true });
}

function fieldsOf(node: Node, place: Place): readonly SchemaField[] {
	return Object.entries(node.properties ?? {}).map(([name, child]) =>
		fieldOf(child, {
			root: place.root,
			path: [...place.path, name],
			isRequired: node.required?.includes(name) === true,
		}),
	);
}

function fieldOf(schema: unknown, place: Place): SchemaField {
	const outer = resolve(schema, place.root);
	const options = (outer.anyOf ?? []).map((option) => resolve(option, place.root));
	const kept = options.filter((option) => option.type !== "null");
	const isNullable = kept.length < options.length;
	// `X | null` is X in a form, with the words of whichever of the two has them.
	const node: Node =
		kept.length === 1 && kept[0] !== undefined ? { ...kept[0], ...withoutAnyOf(outer) } : outer;
	const name = place.path.at(-1) ?? "";
	const base: FieldBase = {
		path: place.path,
		label: node.title ?? fromIdentifier(name),
		help: node.description,
		isRequired: place.isRequired && node.default === undefined && !isNullable,
		isNullable,
		defaultValue: node.default,
	};
	return { ...base, ...controlOf(node, place) };
}

type Control = SchemaField extends infer Field
	? Field extends SchemaField
		? Omit<Field, keyof FieldBase>
		: never
	: never;

function controlOf(node: Node, place: Place): Control {
	const options = textOptions(node);
	if (options !== undefined) return { kind: "choice", options };
	switch (node.type) {
		case "object":
			if (node.properties === undefined) return { kind: "json" };
			return { kind: "group", fields: fieldsOf(node, place) };
		case "boolean":
			return { kind: "toggle" };
		case "integer":
		case "number":
			return numberControl(node);
		case "string":
			return textControl(node);
		case "array":
			return listControl(resolve(node.items, place.root));
		default:
			return { kind: "json" };
	}
}

function numberControl(node: Node): Control {
	return {
		kind: "number",
		isInteger: node.type === "integer",
		min: isBound(node.minimum) ? node.minimum : undefined,
		max: isBound(node.maximum) ? node.maximum : undefined,
		step: node.ui?.step,
		unit: node.unit,
	};
}

function textControl(node: Node): Control {
	const control = node.ui?.control;
	return {
		kind: control === "secret" || control === "textarea" ? control : "text",
		lengthMin: node.minLength ?? 0,
		lengthMax: node.maxLength ?? Number.POSITIVE_INFINITY,
		// A format's own pattern is longer than people can read; the server checks it.
		pattern: node.format === undefined ? node.pattern : undefined,
		format: node.format,
	};
}

function listControl(items: Node): Control {
	const options = textOptions(items);
	if (options !== undefined) return { kind: "choices", options };
	return items.type === "string" ? { kind: "list" } : { kind: "json" };
}

function textOptions(node: Node): readonly string[] | undefined {
	const texts = node.enum?.filter((option) => typeof option === "string");
	return texts !== undefined && texts.length === node.enum?.length ? texts : undefined;
}

function resolve(schema: unknown, root: unknown): Node {
	const node = nodeSchema.safeParse(schema).data ?? {};
	const name = /^#\/\$defs\/(.+)$/.exec(node.$ref ?? "")?.[1];
	if (name === undefined) return node;
	const definitions = z.looseObject({ $defs: z.record(z.string(), z.unknown()) }).safeParse(root);
	const { $ref: _, ...own } = node;
	return { ...nodeSchema.safeParse(definitions.data?.$defs[name]).data, ...own };
}

function withoutAnyOf({ anyOf: _, ...rest }: Node): Node {
	return rest;
}

/** Zod writes the range of safe integers for every integer; nobody chose that. */
function isBound(limit: number | undefined): boolean {
	return limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
}

/** `baseUrl` → `Base url`. */
function fromIdentifier(name: string): string {
	const words = name.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase();
	return words.charAt(0).toUpperCase() + words.slice(1);
}
