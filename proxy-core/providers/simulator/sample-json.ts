type Schema = Readonly<Record<string, unknown>>;

interface Place {
	readonly root: Schema;
	readonly depth: number;
	/** Position in an array, so that items can differ. */
	readonly index: number;
	/** Schemas that may still be visited: a schema that refers to itself several times grows without end. */
	readonly budget: { left: number };
}

/** Below this depth optional parts are left out, which ends every recursion that can end. */
const depthMax = 6;

/**
 * A value that fits a JSON Schema: types, enums, constants, bounds, lengths, common formats, local
 * references, `allOf`, `anyOf`, `oneOf`. Always the same for the same schema. `pattern`, `not` and
 * conditions are not honoured.
 */
export function sampleJson(schema: Schema): unknown {
	return sample(schema, { root: schema, depth: 0, index: 0, budget: { left: 2000 } });
}

function sample(input: unknown, place: Place): unknown {
	const schema = resolve(input, place);
	if (schema === undefined || place.depth > depthMax * 3) return null;
	if ("const" in schema) return schema["const"];
	const [first] = listOf(schema["enum"]);
	if (first !== undefined) return first;
	if ("default" in schema) return schema["default"];
	const options = [...listOf(schema["anyOf"]), ...listOf(schema["oneOf"])];
	if (options.length > 0) return sample(chosen(options, place), deeper(place));
	switch (typeOf(schema)) {
		case "object":
			return sampleObject(schema, place);
		case "array":
			return sampleArray(schema, place);
		case "string":
			return sampleString(schema, place);
		case "number":
		case "integer":
			return sampleNumber(schema, place);
		case "boolean":
			return true;
		default:
			return null;
	}
}

function deeper(place: Place, index = 0): Place {
	return { ...place, depth: place.depth + 1, index };
}

/** Follows local references and folds `allOf` in. */
function resolve(input: unknown, place: Place): Schema | undefined {
	place.budget.left -= 1;
	if (place.budget.left < 0) return undefined;
	let schema = objectOf(input);
	for (let hop = 0; schema !== undefined && typeof schema["$ref"] === "string"; hop += 1) {
		if (hop > 20) return undefined;
		schema = objectOf(pointed(place.root, schema["$ref"]));
	}
	if (schema === undefined) return undefined;
	let merged = schema;
	for (const part of place.depth > depthMax * 3 ? [] : listOf(schema["allOf"])) {
		const inner = resolve(part, deeper(place)) ?? {};
		merged = {
			...merged,
			...inner,
			properties: { ...objectOf(merged["properties"]), ...objectOf(inner["properties"]) },
			required: [...listOf(merged["required"]), ...listOf(inner["required"])],
		};
	}
	return merged;
}

function pointed(root: Schema, reference: string): unknown {
	if (!reference.startsWith("#")) return undefined;
	let value: unknown = root;
	for (const step of reference.slice(1).split("/").filter(Boolean)) {
		const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
		value = objectOf(value)?.[name] ?? listOf(value)[Number(name)];
	}
	return value;
}

/** The first option, or deep down one that goes no deeper. */
function chosen(options: readonly unknown[], place: Place): unknown {
	if (place.depth < depthMax) return options[0];
	return options.find((option) => isScalar(resolve(option, place))) ?? options[0];
}

function isScalar(schema: Schema | undefined): boolean {
	const type = schema && typeOf(schema);
	return type !== "object" && type !== "array";
}

function typeOf(schema: Schema): unknown {
	const type = schema["type"];
	if (Array.isArray(type)) return type.find((name) => name !== "null") ?? "null";
	if (type !== undefined) return type;
	if ("properties" in schema) return "object";
	return "items" in schema ? "array" : "null";
}

function sampleObject(schema: Schema, place: Place): Record<string, unknown> {
	const required = new Set(listOf(schema["required"]));
	const members = Object.entries(objectOf(schema["properties"]) ?? {})
		.filter(([name]) => required.has(name) || place.depth < depthMax)
		.map(([name, inner]) => [name, sample(inner, deeper(place))]);
	return Object.fromEntries(members);
}

function sampleArray(schema: Schema, place: Place): unknown[] {
	const prefix = listOf(schema["prefixItems"]);
	const wanted = numberOf(schema["minItems"]) ?? (place.depth < depthMax ? 1 : 0);
	const limit = numberOf(schema["maxItems"]) ?? 100;
	const length = Math.min(Math.max(wanted, prefix.length), limit, 100);
	return Array.from({ length }, (_, index) =>
		sample(prefix[index] ?? schema["items"], deeper(place, index)),
	);
}

const formats: Readonly<Record<string, string>> = {
	"date-time": "2026-01-01T00:00:00Z",
	date: "2026-01-01",
	time: "00:00:00Z",
	duration: "P1D",
	email: "sample@example.com",
	hostname: "example.com",
	uri: "https://example.com/",
	url: "https://example.com/",
	uuid: "00000000-0000-4000-8000-000000000000",
	ipv4: "192.0.2.1",
	ipv6: "2001:db8::1",
};

function sampleString(schema: Schema, place: Place): string {
	const format = schema["format"];
	if (typeof format === "string" && formats[format] !== undefined) return formats[format];
	const text = place.index === 0 ? "sample" : `sample ${place.index + 1}`;
	const padded = text.padEnd(Math.min(numberOf(schema["minLength"]) ?? 0, 10_000), ".");
	return padded.slice(0, numberOf(schema["maxLength"]) ?? padded.length);
}

function sampleNumber(schema: Schema, place: Place): number {
	const step = numberOf(schema["multipleOf"]) ?? (typeOf(schema) === "integer" ? 1 : 0);
	const above = numberOf(schema["exclusiveMinimum"]);
	const below = numberOf(schema["exclusiveMaximum"]);
	const low =
		numberOf(schema["minimum"]) ?? (above === undefined ? undefined : above + (step || 0.5));
	const high =
		numberOf(schema["maximum"]) ?? (below === undefined ? undefined : below - (step || 0.5));
	let value = 1 + place.index;
	if (low !== undefined && value < low) value = low + place.index;
	if (high !== undefined && value > high) value = high;
	if (step === 0) return value;
	const rounded = Math.ceil(value / step) * step;
	return high !== undefined && rounded > high ? Math.floor(high / step) * step : rounded;
}

function objectOf(value: unknown): Schema | undefined {
	const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
	return isObject ? (value as Schema) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function numberOf(value: unknown): number | undefined {
	return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
