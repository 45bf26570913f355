import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import type { GateDecision } from "./edge-gate.ts";
import { createEdgeGate } from "./edge-gate.ts";
import { signSession } from "./session-token.ts";

const sessionKey = new Uint8Array(32).fill(7);
const gate = createEdgeGate({ sessionKey, cookieName: "llmproxy.session" });
const now = Math.floor(Date.now() / 1000);
const claims = {
	userId: "01a20070-fbac-7587-bf08-543d0fa8f611",
	sessionId: "01a20070-fbac-7587-bf08-543d0fa8f612",
	issuedAt: now,
	expiresAt: now + 60,
};

async function ask(url: string, headers: Record<string, string> = {}, method = "GET") {
	// Only these three are read.
	return gate({ url, headers, method } as unknown as IncomingMessage);
}

function said(decision: GateDecision): string {
	return decision.action === "refuse" ? decision.error.code : decision.action;
}

describe("without a session", () => {
	test.each([
		"/sign-in",
		"/sign-in?next=%2Foverview",
		"/setup?token=abc",
		"/api/auth/csrf",
		"/api/auth/callback/password",
		"/api/v1/setup",
		"/api/v1/setup/admin",
		"/_next/static/chunks/a-b_c.js",
		"/_next/static/media/Geist_Variable-s.woff2",
		"/favicon.svg",
	])("lets %s through", async (url) => {
		expect(said(await ask(url))).toBe("allow");
	});

	test.each([
		"/api/v1/users",
		"/api/v1/setup/",
		"/api/v1/setup/x",
		"/API/v1/users",
		"/api/V1/setup",
		"/admin/status",
		"/metrics",
		"/_next/image?url=%2Fx&w=64&q=75",
		"/_next/data/x.json",
		"/api/authx",
		"/api/auth",
	])("refuses %s with an error that programs can read", async (url) => {
		expect(said(await ask(url, { accept: "text/html" }))).toBe("auth.signed_out");
	});

	test.each([
		"/api/v1/setup/../users",
		"/api/auth/../v1/users",
		"/_next/static/../../api/v1/users",
		"/_next/static/%2e%2e/%2e%2e/api/v1/users",
		"/_next/static/%2E./x",
		"/api/auth/..%2fv1%2fusers",
		"/api/auth/%2e%2e%2fv1/users",
		"/api/auth/..%5cv1/users",
		"/api/auth/..\\v1\\users",
		"/api/auth/%252e%252e/v1/users",
		"//api/v1/users",
		"/api//v1/users",
		"/./api/v1/users",
		"/api/auth/%00",
		"/api/auth/%zz",
		"/api/auth/a b",
		"http://elsewhere.example/api/auth/csrf",
		"*",
		"",
	])("does not guess what %j means", async (url) => {
		expect(said(await ask(url))).toBe("route.unknown_path");
	});

	test("leads people to the sign-in page and back", async () => {
		expect(await ask("/requests?range=1h&outcome=failed", { accept: "text/html" })).toEqual({
			action: "redirect",
			location: "/sign-in?next=%2Frequests%3Frange%3D1h%26outcome%3Dfailed",
		});
		expect(await ask("/", { accept: "text/html" })).toMatchObject({ location: "/sign-in" });
	});

	test("refuses a page's address to whoever is not a browser", async () => {
		expect(said(await ask("/overview", { accept: "*/*" }))).toBe("auth.signed_out");
		expect(said(await ask("/overview", { accept: "text/html" }, "POST"))).toBe("auth.signed_out");
	});
});

describe("with a session cookie", () => {
	const withToken = (token: string, name = "llmproxy.session") => ({
		cookie: `a=b; ${name}=${token}`,
	});

	test("lets everything else through", async () => {
		const token = await signSession(claims, sessionKey);
		expect(said(await ask("/api/v1/users", withToken(token)))).toBe("allow");
		expect(said(await ask("/overview", withToken(token)))).toBe("allow");
	});

	test("still refuses ambiguous paths", async () => {
		const token = await signSession(claims, sessionKey);
		expect(said(await ask("/api/v1/%2e%2e/users", withToken(token)))).toBe("route.unknown_path");
	});

	test("refuses one that has expired", async () => {
		const token = await signSession({ ...claims, expiresAt: now - 1 }, sessionKey);
		expect(said(await ask("/api/v1/users", withToken(token)))).toBe("auth.signed_out");
	});

	test("refuses one that another key signed", async () => {
		const token = await signSession(claims, new Uint8Array(32).fill(8));
		expect(said(await ask("/api/v1/users", withToken(token)))).toBe("auth.signed_out");
	});

	test("refuses one without a signature or with a changed claim", async () => {
		const token = await signSession(claims, sessionKey);
		const [, payload = "", signature = ""] = token.split(".");
		const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
		const later = JSON.parse(Buffer.from(payload, "base64url").toString());
		const forged = Buffer.from(JSON.stringify({ ...later, exp: now + 9999 })).toString("base64url");
		for (const bad of [
			`${none}.${payload}.`,
			`${token.split(".")[0]}.${forged}.${signature}`,
			"x",
		]) {
			expect(said(await ask("/api/v1/users", withToken(bad)))).toBe("auth.signed_out");
		}
	});

	test("refuses the cookie under another name, and when it is there twice", async () => {
		const token = await signSession(claims, sessionKey);
		expect(said(await ask("/api/v1/users", withToken(token, "session")))).toBe("auth.signed_out");
		const twice = { cookie: `llmproxy.session=${token}; llmproxy.session=${token}` };
		expect(said(await ask("/api/v1/users", twice))).toBe("auth.signed_out");
	});
});
