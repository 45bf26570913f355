import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { ConsoleProviders } from "../../components/layout/console-providers.tsx";
import { Shell } from "../../components/layout/shell.tsx";
import { currentPrincipal } from "../../lib/server/auth/current-principal.ts";
import { describeSession } from "../../lib/server/services/session.ts";

export const dynamic = "force-dynamic";

export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
	const principal = await currentPrincipal();
	// A cookie that we signed may name a session that was revoked since.
	if (principal === undefined) redirect("/sign-in");
	return (
		<ConsoleProviders session={describeSession(principal)}>
			<Shell>{children}</Shell>
		</ConsoleProviders>
	);
}
