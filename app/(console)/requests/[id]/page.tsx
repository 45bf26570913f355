import type { Metadata } from "next";
import { RequestPage } from "../../../../components/requests/request-page.tsx";

export const metadata: Metadata = { title: "Request" };

export default async function Page({ params }: { readonly params: Promise<{ id: string }> }) {
	const { id } = await params;
	return <RequestPage id={id} />;
}
