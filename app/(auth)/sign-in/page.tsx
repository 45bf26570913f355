import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SetUpNeeded } from "../../../components/auth/set-up-needed.tsx";
import { SignInForm } from "../../../components/auth/sign-in-form.tsx";
import { safeNext } from "../../../lib/format/safe-next.ts";
import { currentPrincipal } from "../../../lib/server/auth/current-principal.ts";
import { setupService } from "../../../lib/server/services/setup.ts";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
	readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
	const { next } = await searchParams;
	const target = safeNext(typeof next === "string" ? next : undefined);
	if ((await currentPrincipal()) !== undefined) redirect(target);
	const { needsAdmin } = await setupService.get();
	return needsAdmin ? <SetUpNeeded /> : <SignInForm next={target} />;
}
