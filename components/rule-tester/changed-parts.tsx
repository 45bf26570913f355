import { ArrowRight, X } from "lucide-react";
import Link from "next/link";
import { useMay } from "../../lib/client/use-session.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import type { ChangedPart, PolicyInForce } from "./policy-change.ts";
import { changedParts, withoutPart } from "./policy-change.ts";
import type { PolicyDraft } from "./use-policy-change.ts";

interface ChangedPartsProps {
	readonly policy: PolicyDraft;
	readonly inForce: PolicyInForce;
}

/** What differs from the policy in force, with the way to put it in force. */
export function ChangedParts({ policy, inForce }: ChangedPartsProps) {
	const mayWrite = useMay("guards:write");
	const parts = changedParts(policy.change, inForce);
	if (parts.length === 0) {
		return (
			<p className="text-muted text-sm">Nothing is changed: only the policy in force judges.</p>
		);
	}
	return (
		<ul aria-label="Changes" className="divide-y divide-line rounded-md border border-line">
			{parts.map((part) => (
				<li key={part.part} className="flex flex-col gap-2 px-3.5 py-2.5">
					<div className="flex items-center justify-between gap-2">
						<span className="min-w-0 font-medium text-ink">{part.title}</span>
						<span className="flex items-center gap-1">
							{mayWrite && (
								<Button size="small" variant="ghost" asChild>
									<Link href={part.href}>Put in force</Link>
								</Button>
							)}
							<IconButton
								size="small"
								variant="ghost"
								icon={<X aria-hidden="true" />}
								label={`Undo the change of ${part.title}`}
								onClick={() => policy.replace(withoutPart(policy.change, part.part))}
							/>
						</span>
					</div>
					<Fields fields={part.fields} />
				</li>
			))}
		</ul>
	);
}

function Fields({ fields }: Pick<ChangedPart, "fields">) {
	if (fields.length === 0) return <p className="text-muted text-sm">As it is in force.</p>;
	return (
		<ul className="flex flex-col gap-1.5">
			{fields.map(({ label, before, after }) => (
				<li key={label} className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
					<span className="text-muted">{label}</span>
					<del className="min-w-0 break-all rounded bg-danger-soft px-1.5 text-danger-ink no-underline">
						<span className="sr-only">from </span>
						{before}
					</del>
					<ArrowRight aria-hidden="true" className="size-4 shrink-0 text-faint" />
					<ins className="min-w-0 break-all rounded bg-ok-soft px-1.5 text-ok-ink no-underline">
						<span className="sr-only">to </span>
						{after}
					</ins>
				</li>
			))}
		</ul>
	);
}
