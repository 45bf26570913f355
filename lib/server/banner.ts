/** What a person needs after the start, in one block. */
export interface BannerFacts {
	/** Where the console is reached, without a trailing slash. */
	readonly url: string;
	readonly role: "all" | "gateway" | "console";
	/** Gateway processes; 1: no others than this one. */
	readonly workers: number;
	/** Undefined once an administrator exists. */
	readonly setupToken: string | undefined;
	/** The starter key's token; known only until set-up is finished. */
	readonly starterToken: string | undefined;
	/** A model that answers right now. */
	readonly model: string | undefined;
	readonly dataDir: string;
	readonly database: string;
	readonly providers: readonly string[];
	readonly startedInMs: number;
}

export function banner(facts: BannerFacts): string {
	const { url, setupToken, starterToken, model } = facts;
	const console_ = setupToken === undefined ? url : `${url}/setup?token=${setupToken}`;
	const lines = [
		"",
		`LLMProxy is ready (${(facts.startedInMs / 1000).toFixed(1)} s)`,
		"",
		...(facts.role === "gateway"
			? []
			: [
					`  Console    ${console_}`,
					...(setupToken === undefined
						? []
						: ["             This link works once: it makes the first administrator."]),
				]),
		`  Gateway    ${url}/v1`,
		...(facts.workers > 1 ? [`  Workers    ${facts.workers} gateway processes`] : []),
		`  Providers  ${facts.providers.join(", ")}`,
		`  Database   ${facts.database}`,
		`  Data       ${facts.dataDir}`,
		"",
	];
	if (facts.role !== "console" && model !== undefined) {
		lines.push(
			starterToken === undefined ? "  Try it with one of your keys:" : "  Try it:",
			"",
			`    curl ${url}/v1/chat/completions \\`,
			`      -H "Authorization: Bearer ${starterToken ?? "$LLMPROXY_KEY"}" \\`,
			'      -H "Content-Type: application/json" \\',
			`      -d '{"model":"${model}","messages":[{"role":"user","content":"Hello"}]}'`,
			"",
		);
	}
	return `${lines.join("\n")}\n`;
}
