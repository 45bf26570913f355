import { settingsSchema } from "../../proxy-core/contract/settings.ts";
import { page } from "./markdown.ts";
import { fieldsOf, fieldTable, inputSchema } from "./schema-fields.ts";

const intro = `What operators edit while the gateway runs, on the console's settings page or with \`PUT /api/v1/settings\`. Every save makes a new version; a value that does not fit is refused as a whole, and the version in force stays. A change reaches every node without a restart.`;

/** Parts of the settings that have a page or an endpoint of their own. */
const elsewhere: Readonly<Record<string, string>> = {
	killSwitch:
		"Written by `PUT /api/v1/kill-switch` and the console's kill switch, not by the settings form: `engaged`, the `reason`, `by` whom and `since` when. While it is engaged every model request is refused with `kill_switch_engaged`.",
	guards:
		"One object per guard, by the guard's id. The fields are on the page of the [guards](guards.md).",
};

export function settingsPage(): string {
	const blocks = Object.entries(inputSchema(settingsSchema).properties ?? {}).flatMap(
		([name, section]) => {
			const prose = elsewhere[name];
			const heading = `## ${section.title ?? "Guards"}`;
			return [heading, prose ?? fieldTable(fieldsOf(section, `${name}.`))];
		},
	);
	return page("Settings", intro, ...blocks);
}
