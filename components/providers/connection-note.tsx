import type * as z from "zod";
import type { connectionReport } from "../../lib/contracts/providers.ts";
import { formatDuration } from "../../lib/format/numbers.ts";
import { Notice } from "../ui/notice.tsx";

interface ConnectionNoteProps {
	readonly report: z.output<typeof connectionReport>;
}

/** How the test of a connection ended. */
export function ConnectionNote({ report }: ConnectionNoteProps) {
	return (
		<div role="status">
			<Notice severity={report.ok ? "info" : "critical"}>
				<p>{report.message}</p>
				<p className="text-xs">
					{report.ok ? "Answered" : "Ended"} after {formatDuration(report.latencyMs)}.
				</p>
			</Notice>
		</div>
	);
}
