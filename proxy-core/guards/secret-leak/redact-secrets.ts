import { certainFrom } from "./credential.ts";
import { createCredentialScanner } from "./credential-scanner.ts";

const scanner = createCredentialScanner();

/** `text` without credentials; for messages of upstreams, which like to repeat the key they refuse. */
export function redactSecrets(text: string): string {
	let clean = "";
	let at = 0;
	for (const { rule, start, end, isEndless, score } of scanner.find(text)) {
		if (score < certainFrom) continue;
		clean += `${text.slice(at, start)}[REDACTED:${rule}]`;
		if (isEndless) return clean;
		at = end;
	}
	return clean + text.slice(at);
}
