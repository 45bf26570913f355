import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { Button } from "../ui/button.tsx";

export function SetUpDone() {
	return (
		<div className="mx-auto max-w-md rounded-xl border border-line bg-surface p-6">
			<CircleCheck aria-hidden="true" className="size-6 text-ok-ink" />
			<h1 className="mt-3 font-semibold text-ink text-xl">Already set up</h1>
			<p className="mt-2 mb-5 text-muted">
				There is an administrator, so the set-up link works no more. Sign in to go on with the next
				steps.
			</p>
			<Button asChild variant="primary">
				<Link href="/sign-in?next=%2Fwelcome">Sign in</Link>
			</Button>
		</div>
	);
}
