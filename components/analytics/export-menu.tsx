import { Download } from "lucide-react";
import type { AnalyticsQuestion } from "../../lib/client/analytics.ts";
import { exportAddress } from "../../lib/client/analytics.ts";
import { Button } from "../ui/button.tsx";
import { DropdownMenu, MenuItem } from "../ui/dropdown-menu.tsx";

/** The chart's numbers for every group, as a file that the browser saves. */
export function ExportMenu({ question }: { readonly question: AnalyticsQuestion }) {
	return (
		<DropdownMenu
			trigger={
				<Button>
					<Download aria-hidden="true" />
					Export
				</Button>
			}
		>
			<MenuItem asChild>
				<a href={exportAddress(question, "csv")} download>
					Every step and group, CSV
				</a>
			</MenuItem>
			<MenuItem asChild>
				<a href={exportAddress(question, "json")} download>
					Every step and group, JSON
				</a>
			</MenuItem>
		</DropdownMenu>
	);
}
