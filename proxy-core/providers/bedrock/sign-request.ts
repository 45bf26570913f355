import { createHash, createHmac } from "node:crypto";

export interface AwsCredentials {
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	/** Comes with temporary credentials. */
	readonly sessionToken?: string;
}

export interface UnsignedRequest {
	readonly method: string;
	/** With its port where that is not the protocol's own. */
	readonly host: string;
	/** Path and query as they go over the wire. */
	readonly path: string;
	/** Lower-case names; all of them are signed. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | Uint8Array;
}

export interface SigningScope {
	readonly credentials: AwsCredentials;
	readonly region: string;
	readonly service: string;
	/** Epoch milliseconds. AWS accepts a few minutes' difference. */
	readonly nowMs: number;
}

/**
 * The headers that prove who sends a request: AWS Signature Version 4, for every service but S3.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signRequest(
	request: UnsignedRequest,
	{ credentials, region, service, nowMs }: SigningScope,
): Readonly<Record<string, string>> {
	const moment = new Date(nowMs).toISOString().replace(/[-:]|\.\d{3}/g, "");
	const day = moment.slice(0, 8);
	const { accessKeyId, secretAccessKey, sessionToken } = credentials;
	const proof = {
		"x-amz-date": moment,
		...(sessionToken !== undefined && { "x-amz-security-token": sessionToken }),
	};
	const headers = Object.entries({ ...request.headers, ...proof, host: request.host }).sort(
		([left], [right]) => byCodePoint(left, right),
	);
	const names = headers.map(([name]) => name).join(";");
	const canonical = [
		request.method,
		canonicalPath(request.path),
		canonicalQuery(request.path),
		...headers.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, " ")}`),
		"",
		names,
		sha256(request.body),
	].join("\n");
	const scope = `${day}/${region}/${service}/aws4_request`;
	const key = [day, region, service, "aws4_request"].reduce<string | Buffer>(
		hmac,
		`AWS4${secretAccessKey}`,
	);
	const text = ["AWS4-HMAC-SHA256", moment, scope, sha256(canonical)].join("\n");
	const signature = hmac(key, text).toString("hex");
	return {
		...proof,
		authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
	};
}

/** Each segment is encoded once more than it is on the wire. */
function canonicalPath(path: string): string {
	const [bare = ""] = path.split("?", 1);
	return bare.split("/").map(encode).join("/");
}

function canonicalQuery(path: string): string {
	const at = path.indexOf("?");
	if (at === -1 || at === path.length - 1) return "";
	return path
		.slice(at + 1)
		.split("&")
		.map((pair) => {
			const equals = pair.indexOf("=");
			const [name, value] =
				equals === -1 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
			return [encode(decodeURIComponent(name)), encode(decodeURIComponent(value))] as const;
		})
		.sort(([a, x], [b, y]) => byCodePoint(a, b) || byCodePoint(x, y))
		.map(([name, value]) => `${name}=${value}`)
		.join("&");
}

/** Everything but letters, digits and `-._~`. */
function encode(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

function byCodePoint(left: string, right: string): number {
	if (left === right) return 0;
	return left < right ? -1 : 1;
}

function sha256(data: string | Uint8Array): string {
	return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
	return createHmac("sha256", key).update(text).digest();
}
