import { signatures } from "../../proxy-core/firewall/registry.ts";
import type { AnyGuard } from "../../proxy-core/guards/define-guard.ts";
import { guardControl, guards } from "../../proxy-core/guards/registry.ts";
import { code, page, table } from "./markdown.ts";
import { fieldsOf, fieldTable, grouped, inputSchema } from "./schema-fields.ts";

const intro = `A guard judges texts: of requests before they reach a provider, of answers before they reach the caller, or both. Its verdict is \`allow\`, \`flag\` (recorded only), \`redact\` (the text is replaced) or \`block\`. Guards are set under \`guards.<id>\` in the [settings](settings.md).`;

const control = `Every guard understands three fields beside its own: \`isOn\` (its own default unless set), \`onFailure\` (\`closed\` refuses the request when the guard itself fails or is late, \`open\` leaves the guard out) and \`timeoutMs\`.`;

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

function section({ id, title, summary, phases, isOnByDefault, holdBackMax, config }: AnyGuard) {
	const facts = [
		`Runs on: ${phases.join(" and ")}.`,
		isOnByDefault ? "On in a fresh installation." : "Off in a fresh installation.",
		...(phases.includes("answer")
			? [`Holds at most ${grouped(holdBackMax)} characters of a streamed answer back.`]
			: []),
	];
	return [
		`## ${title} (${code(id)})`,
		`${summary} ${facts.join(" ")}`,
		fieldTable(fieldsOf(inputSchema(config))),
	];
}
