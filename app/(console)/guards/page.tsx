import type { Metadata } from "next";
import { GuardsPage } from "../../../components/guards/guards-page.tsx";

export const metadata: Metadata = { title: "Guards" };

export default function Page() {
	return <GuardsPage />;
}
