import { CircleAlert } from "lucide-react";
import { describeProblem } from "../../lib/client/problem.ts";

/** Why something asked for did not happen, beside the button that asked. */
export function ErrorNote({ error }: { readonly error: unknown }) {
	const { message, code, requestId } = describeProblem(error);
	return (
		<div
			role="alert"
			className="flex items-start gap-3 rounded-md border-l-3 border-l-danger bg-danger-soft px-3.5 py-2.5 text-danger-ink"
		>
			<CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
			<div className="min-w-0">
				<p>{message}</p>
				<p className="break-all font-mono text-xs">
					{requestId === undefined ? code : `${code} · ${requestId}`}
				</p>
			</div>
		</div>
	);
}
