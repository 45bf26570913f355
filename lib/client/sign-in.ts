import { signIn as nextAuthSignIn, signOut as nextAuthSignOut } from "next-auth/react";
import { ClientProblem } from "./problem.ts";

/** Begins a session. Throws `ClientProblem` with a sentence for people. */
export async function signIn(email: string, password: string): Promise<void> {
	const result = await nextAuthSignIn("password", { email, password, redirect: false });
	if (result?.ok === true) return;
	throw signInProblem(result?.error ?? undefined, result?.status ?? 0);
}

/** Ends the session on the server too, then goes to the sign-in page. */
export async function signOut(): Promise<void> {
	await nextAuthSignOut({ redirect: false });
	window.location.assign("/sign-in");
}

export function signInProblem(error: string | undefined, status: number): ClientProblem {
	if (error === "CredentialsSignin") {
		return new ClientProblem({
			message: "The e-mail address or the password is wrong.",
			status: 401,
			code: "bad_credentials",
		});
	}
	const wait = /^too-many\.(\d+)$/.exec(error ?? "")?.[1];
	if (wait !== undefined) {
		return new ClientProblem({
			message: `Too many attempts. Try again in ${wait} s.`,
			status: 429,
			code: "rate_limit_exceeded",
		});
	}
	return new ClientProblem({
		message: "Signing in did not work. Check that the server is running and try again.",
		status,
		code: "sign_in_failed",
	});
}
