"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { guardsQuery } from "../../lib/client/guards.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { GuardEditor } from "./guard-editor.tsx";
import { GuardsTable } from "./guards-table.tsx";

/** Every guard; or the one that the address names, with everything that can be set about it. */
export function GuardsPage() {
	const guards = useQuery(guardsQuery());
	const [params, change] = useUrlState();
	const id = params.get("guard");
	const open = guards.data?.items.find((guard) => guard.id === id);
	if (guards.data !== undefined && open !== undefined) {
		return <GuardEditor key={open.id} stored={{ version: guards.data.version, guard: open }} />;
	}
	return (
		<>
			<PageHeader
				title="Guards"
				description={
					<>
						What judges requests and answers, text by text.{" "}
						<Link href="/signatures" className="text-accent-ink underline underline-offset-2">
							Signatures
						</Link>{" "}
						and{" "}
						<Link href="/privacy" className="text-accent-ink underline underline-offset-2">
							personal data in requests
						</Link>{" "}
						have pages of their own.
					</>
				}
			/>
			<DataGate query={guards}>
				{(data) =>
					id === null ? (
						<GuardsTable version={data.version} guards={data.items} />
					) : (
						<EmptyState
							title={`There is no guard ${id}.`}
							action={
								<Button onClick={() => change({ guard: null, tab: null })}>All guards</Button>
							}
						/>
					)
				}
			</DataGate>
		</>
	);
}
