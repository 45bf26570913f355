import type { EnvironmentProvider } from "./endpoints.ts";
import type {
	ProviderVariable,
	ProviderVariables,
	Source,
	SourceKind,
} from "./provider-variables.ts";
import { providerVariables } from "./provider-variables.ts";
import { parseHttpUrl, variable } from "./variable.ts";

/** How the text of each kind of variable is checked. */
const forms = {
	secret: {
		expected: "a key of at least 8 characters without spaces",
		parse: (text: string) => (/^\S{8,}$/.test(text) ? text : undefined),
	},
	url: { expected: "an http(s) address without credentials or query", parse: parseHttpUrl },
	text: {
		expected: "a name of at most 200 characters without spaces",
		parse: (text: string) => (/^\S{1,200}$/.test(text) ? text : undefined),
	},
	"key-file": {
		expected: "the JSON text of a service account's key file",
		parse: (text: string) => (text.startsWith("{") && text.endsWith("}") ? text : undefined),
	},
} as const satisfies Readonly<Record<SourceKind, object>>;

function fieldOf({ provider, title }: ProviderVariables, source: Source, name: string) {
	const { names, kind, about } = source;
	const isSecret = kind === "secret" || kind === "key-file";
	const first = names[0] ?? name;
	const instead = name === first ? "" : ` (when ${first} is not set)`;
	const public_ = `${title}'s public address`;
	return variable({
		description: isSecret
			? `Registers the provider \`${provider}\` with this ${about}${instead}.`
			: about.replace(/\.$/, `${instead}.`),
		defaultText: isSecret ? "not registered" : kind === "url" ? public_ : "the provider's default",
		isSecret,
		...forms[kind],
	});
}

function fields() {
	const all = providerVariables.flatMap((row: ProviderVariables) =>
		row.sources.flatMap((source) =>
			source.names.map((name) => [name, fieldOf(row, source, name)] as const),
		),
	);
	// `fromEntries` forgets the names, which are exactly those of the table.
	return Object.fromEntries(all) as Record<ProviderVariable, ReturnType<typeof fieldOf>>;
}

/** One field of the environment's schema for every variable of the table. */
export const providerFields = fields();

/** The providers whose variables are all there. What is incomplete, such as AWS keys without a region, registers nothing. */
export function readProviders(
	given: Readonly<Partial<Record<ProviderVariable, string | undefined>>>,
): EnvironmentProvider[] {
	const values: Readonly<Record<string, string | undefined>> = given;
	return providerVariables.flatMap(({ provider, sources, needs }: ProviderVariables) => {
		const settings = Object.fromEntries(
			sources.flatMap(({ setting, names }) => {
				const name = names.find((candidate) => values[candidate] !== undefined);
				const value = name === undefined ? undefined : values[name];
				return value === undefined ? [] : [[setting, value]];
			}),
		);
		const isComplete = needs.some((set) => set.every((setting) => setting in settings));
		return isComplete ? [{ id: provider, kind: provider, settings, models: undefined }] : [];
	});
}
