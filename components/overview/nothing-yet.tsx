"use client";

import { useQuery } from "@tanstack/react-query";
import { CalendarRange, Gauge } from "lucide-react";
import Link from "next/link";
import { modelsQuery } from "../../lib/client/models.ts";
import { overviewQuery } from "../../lib/client/overview.ts";
import { useMay, useSession } from "../../lib/client/use-session.ts";
import type { TimeRangeState } from "../../lib/client/use-time-range.ts";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Panel } from "../ui/panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { firstCurl } from "./first-curl.ts";

/** Instead of a page of zeros: either the range is quiet, or nothing has ever come. */
export function NothingYet({ range }: { readonly range: TimeRangeState }) {
	const month = useQuery(overviewQuery({ range: "30d" }));
	if (month.isPending) return <Skeleton className="h-72 rounded-lg" />;
	const isFirst = month.data?.current.requests === 0;
	return <Panel>{isFirst ? <FirstUse /> : <QuietRange range={range} />}</Panel>;
}

function QuietRange({ range }: { readonly range: TimeRangeState }) {
	return (
		<EmptyState
			icon={CalendarRange}
			title="No requests in this range or the one before."
			action={<Button onClick={() => range.choosePreset("30d")}>Show the last 30 days</Button>}
		/>
	);
}

function FirstUse() {
	const { gatewayUrl } = useSession();
	const mayChat = useMay("chat:use");
	const models = useQuery({ ...modelsQuery(), enabled: useMay("registry:read") });
	const model = models.data?.items[0]?.id ?? "simulator/echo";
	return (
		<EmptyState
			icon={Gauge}
			title="Requests, spend, latency and errors show here once the first request has come."
			hint={
				mayChat
					? "Send one from the Playground, or with a key from the command line:"
					: "Send one with a key:"
			}
			action={
				<div className="flex w-full max-w-2xl flex-col items-center gap-4">
					<CodeBlock
						className="w-full text-left"
						label="curl command"
						code={firstCurl(gatewayUrl, model)}
					/>
					{mayChat && (
						<Button variant="primary" asChild>
							<Link href="/playground">Open the Playground</Link>
						</Button>
					)}
				</div>
			}
		/>
	);
}
