import { describeProblem } from "../../lib/client/problem.ts";
import { Notice } from "./notice.tsx";

/** Why something asked for did not happen, beside the button that asked. */
export function ErrorNote({ error }: { readonly error: unknown }) {
	const { message, code, requestId } = describeProblem(error);
	return (
		<div role="alert">
			<Notice severity="critical">
				<p>{message}</p>
				<p className="break-all font-mono text-xs">
					{requestId === undefined ? code : `${code} · ${requestId}`}
				</p>
			</Notice>
		</div>
	);
}
