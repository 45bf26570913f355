import { nameOf, parseMetadata, toMetadata } from "../plugins/marketplace/request-tags/metadata.ts";

/** Whom an application says that it asks for. Its own claims: they count within its tenant only. */
export interface Labels {
	readonly endUser: string | undefined;
	readonly session: string | undefined;
}

type Headers = Readonly<Record<string, string | undefined>>;
type Json = Readonly<Record<string, unknown>>;

const labelLengthMax = 128;
const endUserHeaders = [
	"x-litellm-end-user-id",
	"x-litellm-customer-id",
	"helicone-user-id",
] as const;
const sessionHeaders = [
	"x-llmproxy-session",
	"x-litellm-session-id",
	"x-litellm-trace-id",
	"helicone-session-id",
	"x-portkey-trace-id",
] as const;

/** What the head alone says, in the order in which the request-tags plugin looks. */
export function labelsOfHeaders(headers: Headers): Labels {
	const portkey = parseMetadata(headers["x-portkey-metadata"]);
	const cloudflare = parseMetadata(headers["cf-aig-metadata"]);
	return {
		endUser: label(
			first(headers, endUserHeaders) ?? nameOf(portkey["_user"]) ?? nameOf(cloudflare["user"]),
		),
		session: label(first(headers, sessionHeaders)),
	};
}

/** What the body says, where the head said nothing. */
export function labelsOfBody(json: Json): Labels {
	const own = json["litellm_metadata"];
	const metadata = { ...toMetadata(json["metadata"]), ...toMetadata(own) };
	return {
		endUser: label(
			nameOf(json["user"]) ??
				nameOf(json["safety_identifier"]) ??
				nameOf(metadata["user_id"]) ??
				nameOf(metadata["trace_user_id"]),
		),
		session: label(
			nameOf(json["litellm_session_id"]) ??
				nameOf(metadata["session_id"]) ??
				nameOf(metadata["trace_id"]),
		),
	};
}

function first(headers: Headers, names: readonly string[]): string | undefined {
	for (const name of names) {
		const value = headers[name];
		if (value !== undefined) return value;
	}
	return undefined;
}

function label(text: string | undefined): string | undefined {
	const trimmed = text?.trim().slice(0, labelLengthMax);
	return trimmed === "" ? undefined : trimmed;
}
