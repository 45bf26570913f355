import { answerHeaderTable } from "../../proxy-core/http/answer-headers.ts";
import { code, page, table } from "./markdown.ts";
import { requestHeaderTable } from "./request-headers.ts";

const requestNote = `Other request headers are neither read nor passed on to a provider. \`x-forwarded-for\` is believed only when the connection comes from an address in \`LLMPROXY_TRUSTED_PROXIES\`, and only as far as the last address that no trusted proxy wrote.

The body may carry the same labels: \`metadata.tags\` (a list of texts) is added to the tags, \`metadata.session_id\` and \`user\` count when no header names a session or an end user.`;

const streamNote = `A stream's headers leave before its cost is known, so its last event before \`[DONE]\` is a comment, which SDKs skip:

\`\`\`
: x-llmproxy-cost-usd=0.000124 x-llmproxy-overhead-ms=0.412
\`\`\`

Errors that know how long to wait send \`retry-after-ms\` beside \`retry-after\`; a 405 sends \`allow\`.`;

export function headersPage(): string {
	const rows = (headers: Readonly<Record<string, string>>) =>
		Object.entries(headers).map(([name, text]) => [code(name), text]);
	return page(
		"Headers",
		"## Headers of requests",
		table(["Header", "What it does"], rows(requestHeaderTable)),
		requestNote,
		"## Headers of answers",
		table(["Header", "What it says"], rows(answerHeaderTable)),
		streamNote,
	);
}
