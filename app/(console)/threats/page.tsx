import type { Metadata } from "next";
import { ThreatsPage } from "../../../components/threats/threats-page.tsx";

export const metadata: Metadata = { title: "Threats" };

export default function Page() {
	return <ThreatsPage />;
}
