import { describe, expect, test } from "vitest";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import { requireSameSite } from "./same-site.ts";

const json = { "content-type": "application/json; charset=utf-8" };

function codeOf(headers: Record<string, string>, method = "POST"): string {
	try {
		requireSameSite(new Request("http://proxy.test:8090/api/v1/keys", { method, headers }));
		return "allowed";
	} catch (error) {
		return GatewayError.is(error) ? error.code : String(error);
	}
}

describe("a change", () => {
	test.each([
		[{ ...json, "sec-fetch-site": "same-origin" }, "allowed"],
		[{ ...json, "sec-fetch-site": "none" }, "allowed"],
		[{ ...json, "sec-fetch-site": "same-site" }, "auth.cross_site"],
		[{ ...json, "sec-fetch-site": "cross-site" }, "auth.cross_site"],
		[{ ...json, origin: "http://proxy.test:8090", host: "proxy.test:8090" }, "allowed"],
		[{ ...json, origin: "http://proxy.test:9999", host: "proxy.test:8090" }, "auth.cross_site"],
		[{ ...json, origin: "https://evil.test", host: "proxy.test:8090" }, "auth.cross_site"],
		[{ ...json, origin: "null", host: "proxy.test:8090" }, "auth.cross_site"],
		[json, "allowed"],
		[
			{ "content-type": "text/plain", "sec-fetch-site": "same-origin" },
			"request.wrong_content_type",
		],
		[{ "sec-fetch-site": "same-origin" }, "request.wrong_content_type"],
	])("with %j is %s", (headers, expected) => {
		expect(codeOf(headers)).toBe(expected);
	});

	test("is believed by its Sec-Fetch-Site even when its Origin looks right", () => {
		const headers = {
			...json,
			"sec-fetch-site": "cross-site",
			origin: "http://a.test",
			host: "a.test",
		};
		expect(codeOf(headers)).toBe("auth.cross_site");
	});
});

test("reading needs nothing", () => {
	expect(codeOf({ "sec-fetch-site": "cross-site" }, "GET")).toBe("allowed");
});
