import type { AnyProvider } from "../../proxy-core/providers/define-provider.ts";
import { providers } from "../../proxy-core/providers/registry.ts";
import { code, page, table } from "./markdown.ts";
import { fieldsOf, fieldTable, inputSchema } from "./schema-fields.ts";

const intro = `The kinds of provider that can be added in the console, with \`POST /api/v1/providers\` or in the [environment](environment.md). Several providers of one kind may exist side by side, each under a name of its own; callers ask for \`name/model\`, or for a bare model name. Secrets are encrypted at rest and never returned.`;

export function providersPage(): string {
	const overview = table(
		["Kind", "Name", "Models offered before the provider was asked"],
		providers.map(({ id, title, suggestedModels }) => [
			`[${code(id)}](#${id})`,
			title,
			suggestedModels.map(code).join(", ") || "none",
		]),
	);
	return page("Providers", intro, overview, ...providers.flatMap(section));
}

function section(provider: AnyProvider): readonly string[] {
	const { id, title, credentialsUrl, settings } = provider;
	return [
		`## ${id}`,
		credentialsUrl === undefined ? `${title}.` : `${title}. Where to start: <${credentialsUrl}>.`,
		fieldTable(fieldsOf(inputSchema(settings))),
	];
}
