import { randomBytes } from "node:crypto";
import {
	closeSync,
	existsSync,
	fsyncSync,
	openSync,
	readFileSync,
	renameSync,
	writeSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import { StartError } from "./start-error.ts";

const credentialsSchema = z.object({
	port: z.number().int().min(1).max(65_535),
	/** Of the superuser `postgres`, who only creates our own user and database. */
	superuserPassword: z.string().min(16),
	/** Of the user `llmproxy`, who owns the database and nothing else. */
	password: z.string().min(16),
});

export type Credentials = z.infer<typeof credentialsSchema>;

/** Reads the passwords and the port of the embedded server, or makes them for a new cluster. */
export async function loadCredentials(dataDir: string, isNew: boolean): Promise<Credentials> {
	const path = credentialsPath(dataDir);
	if (!isNew) return readCredentials(path);
	const fresh: Credentials = {
		port: await freePort(),
		superuserPassword: newPassword(),
		password: newPassword(),
	};
	saveCredentials(dataDir, fresh);
	return fresh;
}

export function saveCredentials(dataDir: string, credentials: Credentials): void {
	const path = credentialsPath(dataDir);
	const draft = `${path}.new`;
	const file = openSync(draft, "w", 0o600);
	writeSync(file, `${JSON.stringify(credentials)}\n`);
	// Without these passwords the cluster cannot be opened again, so they must outlive a power cut.
	fsyncSync(file);
	closeSync(file);
	renameSync(draft, path);
}

/** A free port on 127.0.0.1: the wished one if nobody listens there, otherwise any. */
export async function freePort(wished = 0): Promise<number> {
	const { promise, resolve } = Promise.withResolvers<number>();
	const probe = createServer();
	probe.once("error", () => resolve(wished === 0 ? Promise.reject(noPort()) : freePort()));
	probe.listen({ port: wished, host: "127.0.0.1", exclusive: true }, () => {
		const address = probe.address();
		const port = typeof address === "object" && address !== null ? address.port : wished;
		probe.close(() => resolve(port));
	});
	return promise;
}

function readCredentials(path: string): Credentials {
	if (!existsSync(path)) {
		throw new StartError(
			`The database's passwords are missing: ${path} is not there. Restore it from a backup, ` +
				"or remove the whole folder it belongs in to start with an empty database.",
		);
	}
	try {
		return credentialsSchema.parse(JSON.parse(readFileSync(path, "utf8")));
	} catch (error) {
		throw new StartError(`The database's passwords cannot be read: ${path} is damaged.`, {
			cause: error,
		});
	}
}

function credentialsPath(dataDir: string): string {
	return join(dataDir, "credentials.json");
}

function newPassword(): string {
	return randomBytes(24).toString("base64url");
}

function noPort(): StartError {
	return new StartError("No port on 127.0.0.1 is free for the database.");
}
