import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { PrismaClient } from "../../../prisma/generated/client.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import { createTestDatabase } from "../database/test-database.ts";
import * as users from "../repositories/users.ts";
import { authenticate } from "./authenticate.ts";
import { ensureEnvironmentAdmin } from "./environment-admin.ts";
import { createPasswords } from "./passwords.ts";
import { sessionCookie } from "./session-cookie.ts";
import { signSession } from "./session-token.ts";
import { createSetupGate } from "./setup-gate.ts";
import { signIn } from "./sign-in.ts";
import { createSignInLimiter } from "./sign-in-limiter.ts";

const sessionKey = new Uint8Array(32).fill(3);
const environment = { publicUrl: undefined };
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const password = "correct horse battery";

const database = await createTestDatabase();
const prisma = connect(database.url);
const passwords = await createPasswords();

function connect(connectionString: string): PrismaClient {
	return new PrismaClient({ adapter: new PrismaPg({ connectionString }) });
}

afterAll(async () => {
	await prisma.$disconnect();
	await database.drop();
});

beforeEach(async () => {
	await prisma.user.deleteMany();
});

async function addUser(email: string, role: "admin" | "viewer" = "viewer") {
	const passwordHash = await passwords.hash(password);
	const user = await users.createUser(prisma, { email, name: "Somebody", role, passwordHash });
	if (user === undefined) throw new Error("not created");
	return user;
}

function attempt(email: string, given = password, failuresPerMinute = 100) {
	const signInLimiter = createSignInLimiter({
		failuresPerMinute: () => failuresPerMinute,
		now: Date.now,
	});
	const runtime = { prisma, passwords, signInLimiter, log: quiet };
	const headers = new Headers({ "user-agent": "Test\u00e9" });
	return signIn({ email, password: given }, headers, runtime);
}

async function cookieFor(email: string): Promise<Headers> {
	const result = await attempt(email);
	if (result.kind !== "signed-in") throw new Error(result.kind);
	const token = await signSession(result.claims, sessionKey);
	return new Headers({ cookie: `${sessionCookie(environment).name}=${token}` });
}

const principalOf = (headers: Headers) =>
	authenticate(headers, {
		// Only the public URL is read.
		environment: environment as Parameters<typeof authenticate>[1]["environment"],
		prisma,
		sessionKey,
	});

describe("signing in", () => {
	test("works whatever the case of the e-mail address", async () => {
		await addUser("ada@example.com");
		expect((await attempt(" ADA@Example.com ")).kind).toBe("signed-in");
	});

	test("refuses a wrong password, an unknown person and a disabled one alike", async () => {
		const user = await addUser("ada@example.com");
		expect(await attempt("ada@example.com", "wrong")).toEqual({ kind: "refused" });
		expect(await attempt("nobody@example.com")).toEqual({ kind: "refused" });
		await users.updateUser(prisma, user.id, { isDisabled: true });
		expect(await attempt("ada@example.com")).toEqual({ kind: "refused" });
	});

	test("refuses what is no pair of texts", async () => {
		const runtime = {
			prisma,
			passwords,
			signInLimiter: createSignInLimiter({ failuresPerMinute: () => 9, now: Date.now }),
			log: quiet,
		};
		for (const bad of [
			undefined,
			{},
			{ email: "a\u0000@b.c", password: "x" },
			{ email: { a: 1 } },
		]) {
			expect(await signIn(bad, new Headers(), runtime)).toEqual({ kind: "refused" });
		}
	});

	test("stores passwords as argon2id with a salt of their own", async () => {
		const [first, second] = await Promise.all([passwords.hash(password), passwords.hash(password)]);
		expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		expect(first).not.toBe(second);
	});
});

describe("a session", () => {
	test("tells who asks, with the role of this moment", async () => {
		const user = await addUser("ada@example.com");
		const headers = await cookieFor("ada@example.com");
		expect(await principalOf(headers)).toMatchObject({ userId: user.id, role: "viewer" });
		await users.updateUser(prisma, user.id, { role: "operator" });
		expect(await principalOf(headers)).toMatchObject({ role: "operator" });
	});

	test("is over once it was revoked, its person disabled or its time is up", async () => {
		const user = await addUser("ada@example.com");
		const end = async (data: Parameters<typeof prisma.session.updateMany>[0]["data"]) => {
			const headers = await cookieFor("ada@example.com");
			expect(await principalOf(headers)).toBeDefined();
			await prisma.session.updateMany({ data });
			return principalOf(headers);
		};
		expect(await end({ revokedAt: new Date() })).toBeUndefined();
		expect(await end({ expiresAt: new Date(Date.now() - 1) })).toBeUndefined();
		expect(await end({ lastSeenAt: new Date(Date.now() - 8 * 3_600_000 - 1) })).toBeUndefined();
		const headers = await cookieFor("ada@example.com");
		await users.updateUser(prisma, user.id, { isDisabled: true });
		expect(await principalOf(headers)).toBeUndefined();
		await users.updateUser(prisma, user.id, { isDisabled: false });
		expect(await principalOf(headers)).toBeUndefined();
	});

	test("notes that it was used, at most once a minute", async () => {
		await addUser("ada@example.com");
		const headers = await cookieFor("ada@example.com");
		const before = await prisma.session.findFirstOrThrow();
		await principalOf(headers);
		expect((await prisma.session.findFirstOrThrow()).lastSeenAt).toEqual(before.lastSeenAt);
		const old = new Date(Date.now() - 61_000);
		await prisma.session.updateMany({ data: { lastSeenAt: old } });
		await principalOf(headers);
		expect((await prisma.session.findFirstOrThrow()).lastSeenAt.getTime()).toBeGreaterThan(
			old.getTime(),
		);
	});
});

describe("administrators", () => {
	test("cannot lose their last one, by role or by disabling", async () => {
		const admin = await addUser("ada@example.com", "admin");
		const kinds = [
			await users.updateUser(prisma, admin.id, { role: "viewer" }),
			await users.updateUser(prisma, admin.id, { isDisabled: true }),
		].map((outcome) => outcome.kind);
		expect(kinds).toEqual(["last-admin", "last-admin"]);
	});

	test("keep one when two are demoted at the same time", async () => {
		const pair = [await addUser("a@x.y", "admin"), await addUser("b@x.y", "admin")];
		const outcomes = await Promise.all(
			pair.map((user) => users.updateUser(prisma, user.id, { role: "viewer" })),
		);
		expect(outcomes.map((outcome) => outcome.kind).toSorted()).toEqual(["last-admin", "updated"]);
	});

	test("do not count when they cannot sign in", async () => {
		const [first, second] = [await addUser("a@x.y", "admin"), await addUser("b@x.y", "admin")];
		await users.updateUser(prisma, second.id, { isDisabled: true });
		expect((await users.updateUser(prisma, first.id, { role: "viewer" })).kind).toBe("last-admin");
	});

	test("of the environment are made, kept and given back their password", async () => {
		const admin = { email: "Root@Example.com", password: "from the environment" };
		expect(await ensureEnvironmentAdmin(prisma, passwords, admin)).toBe("created");
		expect(await ensureEnvironmentAdmin(prisma, passwords, admin)).toBe("unchanged");
		const changed = { ...admin, password: "another password" };
		expect(await ensureEnvironmentAdmin(prisma, passwords, changed)).toBe("changed");
		expect((await attempt("root@example.com", "another password")).kind).toBe("signed-in");
	});
});

describe("the setup gate", () => {
	const newAdmin = { email: "ada@example.com", name: "Ada", passwordHash: "x" };

	test("opens once, for its token only", async () => {
		const gate = createSetupGate(prisma);
		const token = await gate.issueToken();
		expect(await gate.needsAdmin()).toBe(true);
		await expect(gate.createAdmin("guess", newAdmin)).rejects.toSatisfy(GatewayError.is);
		await gate.createAdmin(String(token), newAdmin);
		expect(await gate.needsAdmin()).toBe(false);
		await expect(gate.createAdmin(String(token), newAdmin)).rejects.toMatchObject({
			code: "auth.setup_token_invalid",
		});
		expect(await gate.issueToken()).toBeUndefined();
	});

	test("lets one of several at once through, on several nodes too", async () => {
		const gates = [createSetupGate(prisma), createSetupGate(prisma)];
		const tokens = await Promise.all(gates.map((gate) => gate.issueToken()));
		const tries = gates.flatMap((gate, node) =>
			[1, 2, 3].map((one) =>
				gate.createAdmin(String(tokens[node]), { ...newAdmin, email: `a${node}${one}@x.y` }),
			),
		);
		const results = await Promise.allSettled(tries);
		expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
		expect(await prisma.user.count()).toBe(1);
	});
});
