import { generateKeyPairSync } from "node:crypto";
import { jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { GatewayError } from "../../errors/gateway-error.ts";
import { createAccessTokens } from "./access-token.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const account = {
	email: "gateway@p.iam.gserviceaccount.com",
	privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
	keyId: "key-1",
	project: "p",
};
const startMs = Date.parse("2026-03-01T10:00:00Z");

interface Post {
	readonly url: string;
	readonly body: string;
}

/** Google's token endpoint, giving token-1, token-2, … for an hour each. */
function endpoint(...answers: { status: number; body: string }[]) {
	const posts: Post[] = [];
	const post = async (url: string, { body }: { readonly body: string }) => {
		posts.push({ url, body });
		const number = posts.length;
		return (
			answers[number - 1] ?? {
				status: 200,
				body: JSON.stringify({ access_token: `token-${number}`, expires_in: 3600 }),
			}
		);
	};
	return { posts, http: { post } };
}

function codeOf(error: unknown): string {
	return GatewayError.is(error) ? error.code : String(error);
}

describe("an access token", () => {
	it("is asked for with an assertion that the account's key has signed", async () => {
		const { posts, http } = endpoint();
		expect(await createAccessTokens(account, () => startMs).get(http)).toBe("token-1");
		const [{ url, body } = { url: "", body: "" }] = posts;
		const form = new URLSearchParams(body);
		expect(url).toBe("https://oauth2.googleapis.com/token");
		expect(form.get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
		const { payload, protectedHeader } = await jwtVerify(form.get("assertion") ?? "", publicKey, {
			currentDate: new Date(startMs),
			audience: url,
			issuer: account.email,
		});
		expect(protectedHeader).toEqual({ alg: "RS256", typ: "JWT", kid: "key-1" });
		expect(payload).toMatchObject({
			scope: "https://www.googleapis.com/auth/cloud-platform",
			iat: startMs / 1000,
			exp: startMs / 1000 + 3600,
		});
	});

	it("is kept until shortly before it expires", async () => {
		let nowMs = startMs;
		const { http } = endpoint();
		const tokens = createAccessTokens(account, () => nowMs);
		const seen: string[] = [];
		for (const minutes of [0, 30, 57, 59, 60]) {
			nowMs = startMs + minutes * 60_000;
			seen.push(await tokens.get(http));
		}
		expect(seen).toEqual(["token-1", "token-1", "token-1", "token-2", "token-2"]);
		expect(tokens.current()).toBe("token-2");
	});

	it("is fetched once for all who wait for it", async () => {
		const { posts, http } = endpoint();
		const tokens = createAccessTokens(account, () => startMs);
		const all = await Promise.all(Array.from({ length: 20 }, () => tokens.get(http)));
		expect(new Set(all)).toEqual(new Set(["token-1"]));
		expect(posts).toHaveLength(1);
	});

	it.each([
		[400, '{"error":"invalid_grant"}', "upstream.credentials"],
		[401, "", "upstream.credentials"],
		[503, "", "upstream.failed"],
		[429, "", "upstream.failed"],
		[200, "{}", "upstream.malformed"],
		[200, '{"access_token":"a b"}', "upstream.malformed"],
	])(
		"that is answered with %i %s throws, and the next request asks again",
		async (status, body, code) => {
			const { http } = endpoint({ status, body });
			const tokens = createAccessTokens(account, () => startMs);
			expect(await tokens.get(http).catch(codeOf)).toBe(code);
			expect(await tokens.get(http)).toBe("token-2");
		},
	);
});
