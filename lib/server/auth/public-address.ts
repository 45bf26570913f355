import process from "node:process";
import type { Environment } from "../env.ts";

/** How people reach this server, without a trailing slash. Never taken from a request's Host. */
export function publicAddress(environment: Pick<Environment, "publicUrl" | "port">): string {
	return environment.publicUrl ?? `http://localhost:${environment.port}`;
}

/**
 * next-auth reads its own address from the environment and, without it, from the request. Called once
 * by the boot, before Next is prepared.
 */
export function tellNextAuth(environment: Pick<Environment, "publicUrl" | "port">): void {
	// biome-ignore lint/style/noProcessEnv: the only way to tell next-auth.
	process.env["NEXTAUTH_URL"] = publicAddress(environment);
}
