import { createCredentialScanner } from "./credential-scanner.ts";

const scanner = createCredentialScanner();

/** `text` without credentials; for messages of upstreams, which like to repeat the key they refuse. */
export function redactSecrets(text: string): string {
	let clean = "";
	let at = 0;
	for (const { rule, start, end, isEndless } of scanner.find(text)) {
		clean += `${text.slice(at, start)}[REDACTED:${rule}]`;
		if (isEndless) return clean;
		at = end;
	}
	return clean + text.slice(at);
}
