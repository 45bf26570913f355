import { describe, expect, it } from "vitest";
import type { UnsignedRequest } from "./sign-request.ts";
import { signRequest } from "./sign-request.ts";

/** Credentials, time and requests of the test suite that AWS publishes for Signature Version 4. */
const scope = {
	credentials: {
		accessKeyId: "AKIDEXAMPLE",
		secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
	},
	region: "us-east-1",
	service: "service",
	nowMs: Date.parse("2015-08-30T12:36:00Z"),
};

const request: UnsignedRequest = {
	method: "GET",
	host: "example.amazonaws.com",
	path: "/",
	headers: {},
	body: "",
};

function signed(part: Partial<UnsignedRequest>, names: string, signature: string) {
	const proof = signRequest({ ...request, ...part }, scope);
	expect(proof["x-amz-date"]).toBe("20150830T123600Z");
	expect(proof["authorization"]).toBe(
		`AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${names}, Signature=${signature}`,
	);
}

describe("AWS's published vectors", () => {
	it.each([
		["get-vanilla", {}, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
		[
			"post-vanilla",
			{ method: "POST" },
			"5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
		],
		[
			"get-utf8",
			{ path: "/ሴ" },
			"8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
		],
		[
			"get-space-normalized",
			{ path: "/example space/" },
			"652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
		],
		[
			"get-vanilla-query-order-key-case",
			{ path: "/?Param2=value2&Param1=value1" },
			"b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
		],
		[
			"get-vanilla-utf8-query",
			{ path: "/?ሴ=bar" },
			"2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04",
		],
	] as const)("%s has the published signature", (_, part, signature) => {
		signed(part, "host;x-amz-date", signature);
	});

	it("trim the values of headers and narrow the spaces inside them", () => {
		signed(
			{ headers: { "my-header1": " value1", "my-header2": ' "a   b   c"' } },
			"host;my-header1;my-header2;x-amz-date",
			"acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
		);
	});

	it("sign the body", () => {
		const hash = "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e";
		const headers = {
			"content-type": "application/x-www-form-urlencoded",
			"content-length": "13",
			"x-amz-content-sha256": hash,
		};
		for (const body of ["Param1=value1", new TextEncoder().encode("Param1=value1")])
			signed(
				{ method: "POST", headers, body },
				"content-length;content-type;host;x-amz-content-sha256;x-amz-date",
				"d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b",
			);
	});

	it("sign the token of temporary credentials", () => {
		const sessionToken = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
		const proof = signRequest(request, {
			...scope,
			credentials: { ...scope.credentials, sessionToken },
		});
		expect(proof["x-amz-security-token"]).toBe(sessionToken);
		expect(proof["authorization"]).toContain(
			"SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8",
		);
	});
});

describe("a signature", () => {
	const signatureOf = (part: Partial<UnsignedRequest>) =>
		signRequest({ ...request, ...part }, scope)["authorization"];

	it("covers an encoded path as it is on the wire", () => {
		const encoded = signatureOf({ path: "/model/a.b-v1%3A0/converse" });
		expect(encoded).not.toBe(signatureOf({ path: "/model/a.b-v1:0/converse" }));
	});

	it("takes encoded and bare queries for the same", () => {
		expect(signatureOf({ path: "/?a=x%20y" })).toBe(signatureOf({ path: "/?a=x y" }));
		expect(signatureOf({ path: "/?b=1&a" })).toBe(signatureOf({ path: "/?a=&b=1" }));
		expect(signatureOf({ path: "/?" })).toBe(signatureOf({ path: "/" }));
	});

	it("changes with every part of the request", () => {
		const all = [
			{},
			{ method: "PUT" },
			{ host: "example.com" },
			{ path: "/x" },
			{ path: "/?x" },
			{ headers: { a: "b" } },
			{ body: "x" },
		].map(signatureOf);
		expect(new Set(all).size).toBe(all.length);
	});
});
