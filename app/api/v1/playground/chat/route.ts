import { playgroundChat } from "../../../../../lib/contracts/system.ts";
import { clientAddressOf } from "../../../../../lib/server/auth/client-address.ts";
import { handle } from "../../../../../lib/server/http/handle.ts";
import { runtime } from "../../../../../lib/server/runtime.ts";

export const POST = handle(playgroundChat, async ({ request, body, principal }) => {
	// The body was read for its check, and the browser's own headers (the session's cookie among them)
	// are no business of the gateway's pipeline.
	const chat = new Request(request.url, {
		method: "POST",
		headers: {
			"content-type": "application/json",
			"user-agent": request.headers.get("user-agent") ?? "",
		},
		body: JSON.stringify(body),
		signal: request.signal,
	});
	const ip = clientAddressOf(request.headers);
	return runtime().playground(chat, { userId: principal.userId, ip });
});
