import { signatures } from "../../proxy-core/firewall/registry.ts";
import type { AnyGuard } from "../../proxy-core/guards/define-guard.ts";
import { guardControl } from "../../proxy-core/guards/guard-policy.ts";
import { guards } from "../../proxy-core/guards/registry.ts";
import { code, page, table } from "./markdown.ts";
import { fieldsOf, fieldTable, grouped, inputSchema } from "./schema-fields.ts";

const intro = `A guard judges texts: of requests before they reach a provider, of answers before they reach the caller, or both. Each of its findings asks for one of three things: \`flag\` (recorded only), \`redact\` (the text is replaced) or \`block\`. Guards are set under \`guards.<id>\` in the [settings](settings.md).`;

const control = `Every guard understands these fields beside its own. \`mode\` has a default of its own for each guard. In \`monitor\` nothing is changed or refused; the finding is recorded with what it would have done. A rule can have another mode than its guard, but a guard that only monitors enforces none of its rules.`;

const firewall =
	"Rules over the raw bytes of a body, before it is parsed. A match refuses the request at once. They have no settings.";

export function guardsPage(): string {
	return page(
		"Guards",
		intro,
		control,
		fieldTable(fieldsOf(inputSchema(guardControl))),
		...guards.flatMap(section),
		"## Firewall signatures",
		firewall,
		table(
			["Rule", "What it finds"],
			signatures.map(({ id, title }) => [code(id), title]),
		),
	);
}

function section({
	id,
	title,
	summary,
	phases,
	rules,
	defaultMode,
	holdBackMax,
	config,
}: AnyGuard) {
	const facts = [
		`Runs on: ${phases.join(" and ")}.`,
		`Mode of a fresh installation: ${code(defaultMode)}.`,
		...(phases.includes("answer")
			? [`Holds at most ${grouped(holdBackMax)} characters of a streamed answer back.`]
			: []),
	];
	return [
		`## ${title} (${code(id)})`,
		`${summary} ${facts.join(" ")}`,
		fieldTable(fieldsOf(inputSchema(config))),
		table(
			["Rule", "What it finds", "Category", "Severity"],
			rules.map((rule) => [code(rule.id), rule.title, rule.category, rule.severity]),
		),
	];
}
