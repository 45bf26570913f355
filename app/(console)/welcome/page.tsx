import type { Metadata } from "next";
import { Welcome } from "../../../components/setup/welcome.tsx";

export const metadata: Metadata = { title: "Getting started" };

export default function Page() {
	return <Welcome />;
}
