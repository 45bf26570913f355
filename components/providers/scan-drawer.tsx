"use client";

import { useQuery } from "@tanstack/react-query";
import { Radar, RotateCw } from "lucide-react";
import { providerScanQuery } from "../../lib/client/providers.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { FoundServerItem } from "./found-server-item.tsx";

interface ScanDrawerProps {
	/** Names that are taken. */
	readonly taken: ReadonlySet<string>;
	readonly onClose: () => void;
}

/** Model servers on the gateway's own machine; each is added by a click of its own, or not at all. */
export function ScanDrawer({ taken, onClose }: ScanDrawerProps) {
	const scan = useQuery(providerScanQuery());
	const again = (
		<Button isBusy={scan.isFetching} onClick={() => void scan.refetch()}>
			{!scan.isFetching && <RotateCw aria-hidden="true" />}
			Scan again
		</Button>
	);
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title="Local servers"
			description="The usual ports of Ollama, vLLM, LM Studio and llama.cpp on the gateway’s machine, and on hosts that LLMPROXY_EGRESS_ALLOW names."
			footer={again}
		>
			<DataGate
				query={scan}
				isEmpty={(data) => data.items.length === 0}
				empty={{
					icon: Radar,
					title: "No model server answered.",
					hint: `Asked: ${scan.data?.asked.join(", ") ?? "nobody yet"}. Start one and scan again.`,
				}}
			>
				{({ items, asked }) => (
					<div className="flex flex-col gap-3">
						<p className="text-muted text-sm" role="status">
							{formatQuantity(items.length, "server")} answered at{" "}
							{formatQuantity(asked.length, "address", "addresses")}. Nothing is added until you say
							so.
						</p>
						<ul className="flex flex-col gap-2">
							{items.map((server) => (
								<FoundServerItem key={server.baseUrl} server={server} taken={taken} />
							))}
						</ul>
					</div>
				)}
			</DataGate>
		</Drawer>
	);
}
