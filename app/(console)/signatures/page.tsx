import type { Metadata } from "next";
import { SignaturesPage } from "../../../components/signatures/signatures-page.tsx";

export const metadata: Metadata = { title: "Signatures" };

export default function Page() {
	return <SignaturesPage />;
}
