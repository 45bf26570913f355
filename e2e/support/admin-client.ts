/** Who the server makes from the environment in these tests. */
export const environmentAdmin = {
	email: "admin@example.test",
	name: "admin",
	password: "correct horse battery staple",
} as const;

export const adminEnvironment = {
	LLMPROXY_ADMIN_EMAIL: environmentAdmin.email,
	LLMPROXY_ADMIN_PASSWORD: environmentAdmin.password,
} as const;

export interface AdminClient {
	/** `name=value` of the session's cookie. */
	readonly cookie: string;
	/** Like a page of this console would ask; `body` is sent as JSON. */
	readonly send: (method: string, path: string, body?: unknown) => Promise<Response>;
	/** The JSON of an answer. Throws for every status but 2xx. */
	readonly call: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;
}

interface Credentials {
	readonly email: string;
	readonly password: string;
}

/** Signs in with the requests that the sign-in page makes. Throws when no session begins. */
export async function signIn(url: string, credentials: Credentials): Promise<AdminClient> {
	const answer = await tryToSignIn(url, credentials);
	const cookie = answer.headers
		.getSetCookie()
		.map((line) => line.split(";", 1)[0] ?? "")
		.find((pair) => /session=./.test(pair));
	if (cookie === undefined) throw new Error(`No session: ${answer.status} ${await answer.text()}`);
	return createAdminClient(url, cookie);
}

/** The answer to a sign-in, whatever it is. */
export async function tryToSignIn(url: string, credentials: Credentials): Promise<Response> {
	const csrf = await fetch(`${url}/api/auth/csrf`);
	const { csrfToken } = (await csrf.json()) as { csrfToken: string };
	const cookies = csrf.headers.getSetCookie().map((line) => line.split(";", 1)[0]);
	return fetch(`${url}/api/auth/callback/password`, {
		method: "POST",
		redirect: "manual",
		headers: {
			cookie: cookies.join("; "),
			"content-type": "application/x-www-form-urlencoded",
		},
		body: new URLSearchParams({ ...credentials, csrfToken, json: "true" }),
	});
}

export function createAdminClient(url: string, cookie: string): AdminClient {
	const send = (method: string, path: string, body?: unknown) =>
		fetch(`${url}${path}`, {
			method,
			redirect: "manual",
			headers: { cookie, origin: url, "content-type": "application/json" },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
	return {
		cookie,
		send,
		call: async <Answer>(method: string, path: string, body?: unknown) => {
			const answer = await send(method, path, body);
			const text = await answer.text();
			if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
			// The caller names the shape; the contracts are tested elsewhere.
			return JSON.parse(text) as Answer;
		},
	};
}

/** The answer to a chat completion sent with a key. */
export function ask(url: string, token: string, body: object): Promise<Response> {
	return fetch(`${url}/v1/chat/completions`, {
		method: "POST",
		headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
		body: JSON.stringify({ messages: [{ role: "user", content: "Hello" }], ...body }),
	});
}
