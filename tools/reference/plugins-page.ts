import type { AnyPlugin } from "../../proxy-core/plugins/define-plugin.ts";
import { rings } from "../../proxy-core/plugins/define-plugin.ts";
import { plugins } from "../../proxy-core/plugins/registry.ts";
import { code, page } from "./markdown.ts";
import { fieldsOf, fieldTable, inputSchema } from "./schema-fields.ts";

const intro = `A plugin looks at a request at one of five places, the rings, and may label it, flag it or block it. The rings in order: ${rings.map(code).join(", ")}. Plugins that are on by default run with the defaults below; they cannot be edited in the console yet.`;

export function pluginsPage(): string {
	return page("Plugins", intro, ...plugins.flatMap(section));
}

function section({ id, title, summary, ring, isOnByDefault, config }: AnyPlugin) {
	const state = isOnByDefault ? "On in a fresh installation." : "Off in a fresh installation.";
	return [
		`## ${title} (${code(id)})`,
		`${summary} Ring: ${code(ring)}. ${state}`,
		fieldTable(fieldsOf(inputSchema(config))),
	];
}
