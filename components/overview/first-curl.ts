/**
 * A first request for the command line. The key stays a variable: its secret is shown once, when the
 * key is made, and nowhere else.
 */
export function firstCurl(gatewayUrl: string, model: string): string {
	const body = JSON.stringify({ model, messages: [{ role: "user", content: "Hello" }] });
	return [
		`curl ${gatewayUrl}/chat/completions \\`,
		`  -H "Authorization: Bearer $LLMPROXY_API_KEY" \\`,
		`  -H "Content-Type: application/json" \\`,
		`  -d '${body.replaceAll("'", "'\\''")}'`,
	].join("\n");
}
