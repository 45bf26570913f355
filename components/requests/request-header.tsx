"use client";

import { useQuery } from "@tanstack/react-query";
import { FlaskConical, MessageSquareCode } from "lucide-react";
import Link from "next/link";
import { recordingsQuery, ruleTesterHref } from "../../lib/client/inspections.ts";
import { useMay } from "../../lib/client/use-session.ts";
import type { RequestDetail } from "../../lib/contracts/requests.ts";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { ActionBadge, OutcomeBadge } from "../ui/outcome-badge.tsx";
import { Time } from "../ui/time.tsx";
import { CopyLink } from "./copy-link.tsx";
import { describeEnding, servedModel } from "./request-words.ts";

/** What happened, in one sentence, and what one can do from here. */
export function RequestHeader({ request }: { readonly request: RequestDetail }) {
	const { id, outcome, action, errorCode, receivedAt } = request;
	return (
		<header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
			<div className="min-w-0">
				<div className="flex flex-wrap items-center gap-x-2 gap-y-1">
					<h1 className="min-w-0 font-semibold text-ink text-xl">
						Request{" "}
						<span className="block break-all font-medium font-mono text-base sm:inline sm:text-lg">
							{id}
						</span>
					</h1>
					<CopyButton text={id} label="Copy the request id" />
				</div>
				<p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-ink">
					<OutcomeBadge outcome={outcome} />
					{action !== "allow" && <ActionBadge action={action} />}
					<span>{describeEnding(request)}</span>
					{errorCode !== null && <code className="font-mono text-muted text-sm">{errorCode}</code>}
				</p>
				<p className="mt-1 text-muted text-sm">
					Received <Time at={receivedAt} isAbsolute />
				</p>
			</div>
			<Actions request={request} />
		</header>
	);
}

function Actions({ request }: { readonly request: RequestDetail }) {
	const { key } = request;
	const model = request.requestedModel ?? servedModel(request);
	const mayChat = useMay("chat:use");
	return (
		<div className="flex flex-wrap items-center gap-2">
			<CopyLink />
			{key !== null && (
				<Button size="small" asChild>
					<Link href={`/requests?keyId=${encodeURIComponent(key.id)}`}>Requests of this key</Link>
				</Button>
			)}
			<TryRules request={request} />
			{mayChat && model !== null && (
				<Button size="small" asChild>
					<Link href={`/playground?model=${encodeURIComponent(model)}`}>
						<MessageSquareCode aria-hidden="true" />
						Open the Playground with this model
					</Link>
				</Button>
			)}
		</div>
	);
}

/** Only requests of the time for which bodies are kept can be judged again. */
function TryRules({ request: { id, receivedAt } }: { readonly request: RequestDetail }) {
	const recordings = useQuery({ ...recordingsQuery(), enabled: useMay("guards:write") });
	const oldest = recordings.data?.oldest ?? null;
	if (oldest === null || receivedAt < oldest) return null;
	return (
		<Button size="small" asChild>
			<Link href={ruleTesterHref(id)}>
				<FlaskConical aria-hidden="true" />
				Try in the rule tester
			</Link>
		</Button>
	);
}
