import { expect, it } from "vitest";
import { firstCurl } from "./first-curl.ts";

it("quotes the body for the shell and leaves the key a variable", () => {
	expect(firstCurl("http://localhost:8090/v1", "it's/a-model")).toBe(
		[
			"curl http://localhost:8090/v1/chat/completions \\",
			'  -H "Authorization: Bearer $LLMPROXY_API_KEY" \\',
			'  -H "Content-Type: application/json" \\',
			`  -d '{"model":"it'\\''s/a-model","messages":[{"role":"user","content":"Hello"}]}'`,
		].join("\n"),
	);
});
