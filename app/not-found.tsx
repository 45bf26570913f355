import { Compass } from "lucide-react";
import Link from "next/link";
import { AuthFrame } from "../components/auth/auth-frame.tsx";
import { Button } from "../components/ui/button.tsx";

export default function NotFoundPage() {
	return (
		<AuthFrame>
			<div className="mx-auto max-w-md rounded-xl border border-line bg-surface p-6">
				<Compass aria-hidden="true" className="size-6 text-muted" />
				<h1 className="mt-3 font-semibold text-ink text-xl">There is no such page</h1>
				<p className="mt-2 mb-5 text-muted">
					The address may be mistyped, or what it showed was removed.
				</p>
				<Button variant="primary" asChild>
					<Link href="/overview">To the overview</Link>
				</Button>
			</div>
		</AuthFrame>
	);
}
