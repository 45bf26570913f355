import { Download } from "lucide-react";
import type { ThreatQuestion } from "../../lib/client/threats.ts";
import { exportThreatsAddress } from "../../lib/client/threats.ts";
import { Button } from "../ui/button.tsx";
import { DropdownMenu, MenuItem } from "../ui/dropdown-menu.tsx";

/** The events of the range and filters, as a file that the browser saves. */
export function ExportMenu({ question }: { readonly question: ThreatQuestion }) {
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
				<a href={exportThreatsAddress(question, "csv")} download>
					Events, CSV
				</a>
			</MenuItem>
			<MenuItem asChild>
				<a href={exportThreatsAddress(question, "json")} download>
					Events, JSON
				</a>
			</MenuItem>
		</DropdownMenu>
	);
}
