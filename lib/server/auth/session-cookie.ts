import type { Environment } from "../env.ts";

export interface SessionCookie {
	readonly name: string;
	readonly isSecure: boolean;
}

/**
 * `__Host-` makes browsers refuse the cookie from anywhere but this host over https. Over plain http
 * (a laptop, a closed network) they would refuse it altogether, so there it has a plain name.
 */
export function sessionCookie(environment: Pick<Environment, "publicUrl">): SessionCookie {
	const isSecure = environment.publicUrl?.startsWith("https://") === true;
	return { name: isSecure ? "__Host-llmproxy.session" : "llmproxy.session", isSecure };
}

/** The value of a cookie in a `Cookie` header; undefined when it is absent or there twice. */
export function cookieValue(header: string | null | undefined, name: string): string | undefined {
	const values = (header ?? "")
		.split(";")
		.map((pair) => pair.trim())
		.filter((pair) => pair.startsWith(`${name}=`))
		.map((pair) => pair.slice(name.length + 1));
	return values.length === 1 ? values[0] : undefined;
}
