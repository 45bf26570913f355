import { errorCatalogue } from "../../proxy-core/contract/errors.ts";
import { code, page, table } from "./markdown.ts";

const families: Readonly<Record<string, string>> = {
	request: "The request itself",
	route: "Paths, methods and models",
	auth: "Who is asking",
	access: "What they may do",
	guard: "Refusals by a security control",
	threat: "Callers that the threat ledger knows",
	limit: "Limits and switches",
	budget: "Budgets",
	upstream: "The model's provider",
	egress: "Addresses that people configure",
	resource: "Things managed through the admin API",
	internal: "The gateway itself",
};

const shape = `Every failure of the gateway and of the admin API has this body:

\`\`\`json
{
  "error": {
    "message": "The API key is not valid.",
    "type": "authentication_error",
    "param": null,
    "code": "invalid_api_key",
    "request_id": "req_…"
  }
}
\`\`\`

\`code\` is stable and meant for programs; \`message\` is for people and may be more specific than the meaning below. \`param\` names the field at fault, such as \`messages[2].content\`. Answers of the admin API may add \`issues\`: every field at fault, each with \`path\` and \`message\`.

Where a retry cannot help, the answer carries \`x-should-retry: false\`, which the official SDKs obey. Where a wait is known, it carries \`retry-after\` (seconds) and \`retry-after-ms\`.

An error before the first byte of a stream is an ordinary answer with its status. After that, the stream ends with one \`data:\` event that holds this body, and without \`[DONE]\`.`;

/** One table a family, in the catalogue's order. A family without a heading stops the generator. */
export function errorsPage(): string {
	const byFamily = Map.groupBy(Object.entries(errorCatalogue), ([name]) => familyOf(name));
	const blocks = [...byFamily].flatMap(([family, entries]) => {
		const heading = families[family];
		if (heading === undefined) throw new Error(`The error family ${family} has no heading.`);
		const rows = entries.map(([name, { code: wireCode, status, openaiType, retryable, title }]) => [
			code(wireCode),
			String(status),
			code(openaiType),
			retryable ? "may help" : "no",
			title,
			code(name),
		]);
		const header = ["`code`", "Status", "`type`", "Retry", "Meaning", "In the source"];
		return [`## ${heading}`, table(header, rows)];
	});
	return page("Errors", shape, ...blocks, passedOn);
}

function familyOf(name: string): string {
	return name.slice(0, name.indexOf("."));
}

const passedOn = `## Statuses of providers

\`upstream_rejected\` carries the provider's own 4xx status where the caller can act on it, \`upstream_failed\` is 503 when the provider said 503 or 529 and 502 otherwise. A provider's 401 or 403 never reaches the caller as such: it is about the gateway's credentials, so it becomes \`upstream_credentials_rejected\` with 502 and without the provider's message. Why: [decision 0011](../decisions/0011-model-errors.md).`;
