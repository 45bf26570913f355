import type { Metadata } from "next";
import { RuleTesterPage } from "../../../components/rule-tester/rule-tester-page.tsx";

export const metadata: Metadata = { title: "Rule tester" };

export default function Page() {
	return <RuleTesterPage />;
}
