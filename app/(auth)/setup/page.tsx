import type { Metadata } from "next";
import { FirstAdminForm } from "../../../components/setup/first-admin-form.tsx";
import { SetUpDone } from "../../../components/setup/set-up-done.tsx";
import { setupService } from "../../../lib/server/services/setup.ts";

export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

interface SetupPageProps {
	readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SetupPage({ searchParams }: SetupPageProps) {
	const { token } = await searchParams;
	const { needsAdmin } = await setupService.get();
	if (!needsAdmin) return <SetUpDone />;
	return <FirstAdminForm token={typeof token === "string" ? token : ""} />;
}
