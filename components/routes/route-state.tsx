"use client";

import { Waypoints } from "lucide-react";
import type { Route } from "../../lib/contracts/routes.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { CandidateList } from "./candidate-list.tsx";

interface RouteStateProps {
	readonly route: Route;
	readonly onTry: () => void;
}

/** Where requests for this route would go at this moment, and what is wrong with it. */
export function RouteState({ route, onTry }: RouteStateProps) {
	const { candidates, missing, problem, isEnabled } = route;
	return (
		<section className="flex flex-col gap-2" aria-label="At this moment">
			<div className="flex items-center justify-between gap-3">
				<h3 className="font-medium text-ink">At this moment, on this node</h3>
				<Button size="small" onClick={onTry}>
					<Waypoints aria-hidden="true" />
					Try this route
				</Button>
			</div>
			{problem !== null && <Notice severity="high">Not in force as it is stored: {problem}</Notice>}
			{missing.length > 0 && (
				<Notice severity="medium">
					{formatQuantity(missing.length, "name stands", "names stand")} for nothing that is in use:{" "}
					<span className="break-all font-mono text-sm">{missing.join(", ")}</span>
				</Notice>
			)}
			{candidates.length > 0 ? (
				<CandidateList label="Targets in their present order" candidates={candidates} />
			) : (
				<p className="text-muted">{whyNone(route.name.includes("*"), isEnabled)}</p>
			)}
		</section>
	);
}

function whyNone(isPattern: boolean, isEnabled: boolean): string {
	if (!isEnabled) return "Switched off: the name stands for what it would without this route.";
	return isPattern
		? "The targets of a pattern depend on the name that is asked for; try one to see them."
		: "None of its targets is in use. Requests for it are refused.";
}
