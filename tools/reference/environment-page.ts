import { environmentReference } from "../../lib/server/env.ts";
import { code, page, table } from "./markdown.ts";

const intro = `Facts about the process, read once when it starts. What operators change while it runs is in the [settings](settings.md).

A file named \`.env\` in the project's folder is read too; variables of the real environment win over it. An empty value counts as not set. A wrong value, or an unknown name that starts with \`LLMPROXY_\`, stops the start, and all problems are reported at once.`;

export function environmentPage(): string {
	const rows = environmentReference.map(({ name, description, defaultText, isSecret }) => [
		code(name),
		`${description}${isSecret ? " Secret: never logged or shown." : ""}`,
		defaultText,
	]);
	return page("Environment variables", intro, table(["Name", "What it does", "Default"], rows));
}
