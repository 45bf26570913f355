import { Terminal } from "lucide-react";

export function SetUpNeeded() {
	return (
		<div className="mx-auto max-w-md rounded-xl border border-line bg-surface p-6">
			<Terminal aria-hidden="true" className="size-6 text-muted" />
			<h1 className="mt-3 font-semibold text-ink text-xl">Set-up is not finished</h1>
			<p className="mt-2 text-muted">
				Nobody can sign in yet. Open the one-time link that the server printed in its terminal when
				it started; it begins with <code className="font-mono text-ink">/setup?token=</code>.
				Restart the server for a new one.
			</p>
		</div>
	);
}
