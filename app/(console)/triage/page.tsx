import type { Metadata } from "next";
import { TriagePage } from "../../../components/triage/triage-page.tsx";

export const metadata: Metadata = { title: "Triage" };

export default function Page() {
	return <TriagePage />;
}
