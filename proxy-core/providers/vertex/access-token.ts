import { importPKCS8, SignJWT } from "jose";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { ConnectorHttp } from "../define-provider.ts";
import { parseObject, readCount, readText } from "../shared/read-json.ts";
import type { ServiceAccount } from "./service-account.ts";

/** Fixed: an address named inside a credential would be fetched with it. */
const tokenUrl = "https://oauth2.googleapis.com/token";
const scope = "https://www.googleapis.com/auth/cloud-platform";
const assertionSeconds = 3600;
/** A token is renewed this long before it expires, so that a request under way keeps a valid one. */
const renewalMarginMs = 120_000;

export interface AccessTokens {
	/**
	 * A token that is valid for a while. Requests that come while one is fetched share the fetch. Throws
	 * `upstream.credentials` when Google refuses the service account, `upstream.failed` when it has
	 * trouble, and whatever `http` throws.
	 */
	readonly get: (http: ConnectorHttp) => Promise<string>;
	/** The one in use, if any; it must not appear in messages. */
	readonly current: () => string | undefined;
}

interface Token {
	readonly text: string;
	readonly expiresAtMs: number;
}

/**
 * OAuth access tokens of a service account, by a signed assertion (RFC 7523).
 * https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests
 */
export function createAccessTokens(account: ServiceAccount, now: () => number): AccessTokens {
	let token: Token | undefined;
	let pending: Promise<Token> | undefined;
	const renew = (http: ConnectorHttp): Promise<Token> => {
		pending ??= fetchToken({ account, nowMs: now(), http }).finally(() => {
			pending = undefined;
		});
		return pending;
	};
	return {
		get: async (http) => {
			if (token === undefined || token.expiresAtMs - renewalMarginMs <= now())
				token = await renew(http);
			return token.text;
		},
		current: () => token?.text,
	};
}

interface FetchInput {
	readonly account: ServiceAccount;
	readonly nowMs: number;
	readonly http: ConnectorHttp;
}

async function fetchToken({ account, nowMs, http }: FetchInput): Promise<Token> {
	const assertion = await assertionOf(account, nowMs);
	const answer = await http.post(tokenUrl, {
		headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
		body: new URLSearchParams({
			grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
			assertion,
		}).toString(),
	});
	if (answer.status === 429 || answer.status >= 500) throw new GatewayError("upstream.failed");
	if (answer.status !== 200) throw new GatewayError("upstream.credentials");
	const { access_token: given, expires_in: lifetime } = parseObject<"access_token" | "expires_in">(
		answer.body,
	);
	const text = readText(given);
	if (text === undefined || !/^[\x21-\x7e]+$/.test(text))
		throw new GatewayError("upstream.malformed");
	const seconds = readCount(lifetime) ?? assertionSeconds;
	return { text, expiresAtMs: nowMs + seconds * 1000 };
}

async function assertionOf(account: ServiceAccount, nowMs: number): Promise<string> {
	const issuedAt = Math.floor(nowMs / 1000);
	try {
		const key = await importPKCS8(account.privateKey, "RS256");
		return await new SignJWT({ scope })
			.setProtectedHeader({
				alg: "RS256",
				typ: "JWT",
				...(account.keyId !== undefined && { kid: account.keyId }),
			})
			.setIssuer(account.email)
			.setAudience(tokenUrl)
			.setIssuedAt(issuedAt)
			.setExpirationTime(issuedAt + assertionSeconds)
			.sign(key);
	} catch (cause) {
		throw new GatewayError("upstream.credentials", { cause });
	}
}
