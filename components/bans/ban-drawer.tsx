"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import type { Ban } from "../../lib/contracts/bans.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { MiddleTruncate } from "../ui/middle-truncate.tsx";
import { Time } from "../ui/time.tsx";
import { displayName, kindWords, requestsOf } from "./ban-words.ts";
import { CauseList } from "./cause-list.tsx";

interface BanDrawerProps {
	readonly ban: Ban;
	readonly onClose: () => void;
	readonly onTask: (task: "extend" | "lift") => void;
}

/** Who, why, until when, and what counted against them. */
export function BanDrawer({ ban, onClose, onTask }: BanDrawerProps) {
	const requests = requestsOf(ban.kind, ban.value);
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title={displayName(ban)}
			description={`${kindWords[ban.kind].label} · ${ban.isInForce ? "banned" : "no longer banned"}`}
			footer={
				ban.isInForce ? (
					<>
						<Button onClick={() => onTask("extend")}>New end</Button>
						<Button variant="primary" onClick={() => onTask("lift")}>
							Lift the ban
						</Button>
					</>
				) : undefined
			}
		>
			<div className="flex flex-col gap-6">
				<dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
					<Fact name="Who">
						<MiddleTruncate text={ban.value} max={44} isMono isCopyable />
					</Fact>
					<Fact name="Why">{ban.reason}</Fact>
					<Fact name="By">{ban.by ?? "The threat ledger, by itself"}</Fact>
					<Fact name="Since">
						<Time at={ban.createdAt} isAbsolute />
					</Fact>
					<Fact name="Until">
						<Time at={ban.until} isAbsolute fallback="somebody lifts it" />
					</Fact>
					{ban.liftedAt !== null && (
						<Fact name="Lifted">
							<Time at={ban.liftedAt} isAbsolute /> by {ban.liftedBy}
						</Fact>
					)}
					{ban.score !== null && <Fact name="Score then">{ban.score.toFixed(1)} points</Fact>}
					{ban.refusals !== null && (
						<Fact name="Refused since">{formatCount(ban.refusals)} requests</Fact>
					)}
				</dl>
				{requests !== undefined && (
					<Link href={requests} className="text-accent-ink underline-offset-2 hover:underline">
						All requests of the last 7 days
					</Link>
				)}
				<section>
					<h3 className="mb-1 flex items-center gap-2 font-medium text-ink">
						What counted against them
						<Badge>{ban.causes.length === 8 ? "newest 8" : ban.causes.length}</Badge>
					</h3>
					<CauseList causes={ban.causes} />
				</section>
			</div>
		</Drawer>
	);
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
	return (
		<>
			<dt className="text-muted">{name}</dt>
			<dd className="min-w-0 break-words text-ink">{children}</dd>
		</>
	);
}
