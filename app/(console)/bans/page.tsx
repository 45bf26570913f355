import type { Metadata } from "next";
import { BansPage } from "../../../components/bans/bans-page.tsx";

export const metadata: Metadata = { title: "Bans" };

export default function Page() {
	return <BansPage />;
}
