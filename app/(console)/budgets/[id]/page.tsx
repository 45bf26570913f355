import type { Metadata } from "next";
import { BudgetPage } from "../../../../components/budgets/budget-page.tsx";

export const metadata: Metadata = { title: "Budget" };

export default async function Page({ params }: { readonly params: Promise<{ id: string }> }) {
	const { id } = await params;
	return <BudgetPage id={id} />;
}
