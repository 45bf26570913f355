"use client";

import { Ban, LockKeyhole } from "lucide-react";
import { useMay } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { actorKinds } from "../../proxy-core/contract/threat-settings.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { AllowPanel } from "./allow-panel.tsx";
import type { BanDraft } from "./ban-form.tsx";
import { BanForm } from "./ban-form.tsx";
import { BansTable } from "./bans-table.tsx";
import { HistoryTable } from "./history-table.tsx";
import { WatchTable } from "./watch-table.tsx";

const tabs = ["in-force", "watched", "allow-list", "history", "over"] as const;

/** Who is kept out, who may be next, and who never is. */
export function BansPage() {
	const [params, change] = useUrlState();
	if (!useMay("threats:act")) {
		return (
			<>
				<PageHeader title="Bans" />
				<Panel>
					<EmptyState
						icon={LockKeyhole}
						title="Your role may not see or make bans."
						hint="Administrators and operators can."
					/>
				</Panel>
			</>
		);
	}
	const tab = tabs.find((each) => each === params.get("tab")) ?? "in-force";
	const banButton = (
		<Button variant="primary" onClick={() => change({ new: "1" })}>
			<Ban aria-hidden="true" />
			Ban somebody
		</Button>
	);
	return (
		<>
			<PageHeader
				title="Bans"
				description="Who is kept out and why, who has a score now, and who is never acted upon."
				actions={banButton}
			/>
			<Tabs
				label="Bans"
				value={tab}
				onChange={(next) =>
					change({ tab: next === "in-force" ? null : next, ban: null, actor: null })
				}
				items={[
					{
						id: "in-force",
						label: "In force",
						content: <BansTable show="in-force" action={banButton} />,
					},
					{ id: "watched", label: "Watch list", content: <WatchTable /> },
					{ id: "allow-list", label: "Allow-list", content: <AllowPanel /> },
					{ id: "history", label: "History", content: <HistoryTable /> },
					{ id: "over", label: "Past bans", content: <BansTable show="over" action={undefined} /> },
				]}
			/>
			{params.get("new") === "1" && (
				<BanForm
					initial={draftOf(params)}
					onClose={() =>
						change({ new: null, "ban-kind": null, "ban-value": null, "ban-reason": null })
					}
				/>
			)}
		</>
	);
}

/** Other pages link here with whom to ban. */
function draftOf(params: Pick<URLSearchParams, "get">): Partial<BanDraft> {
	const kind = actorKinds.find((each) => each === params.get("ban-kind"));
	const value = params.get("ban-value");
	const reason = params.get("ban-reason");
	return {
		...(kind === undefined ? {} : { kind }),
		...(value === null ? {} : { value }),
		...(reason === null ? {} : { reason }),
	};
}
