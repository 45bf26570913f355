import Link from "next/link";
import { Button } from "../components/ui/button.tsx";

export default function NotFoundPage() {
	return (
		<main className="flex min-h-[60vh] flex-col items-center justify-center gap-4 px-6 text-center">
			<div>
				<h1 className="font-semibold text-ink text-xl">There is no such page</h1>
				<p className="mt-1 text-muted">
					The address may be mistyped, or what it showed was removed.
				</p>
			</div>
			<Button asChild>
				<Link href="/overview">To the overview</Link>
			</Button>
		</main>
	);
}
