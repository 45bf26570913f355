"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Waypoints } from "lucide-react";
import { useRef } from "react";
import type { RouteQuestion } from "../../lib/client/routes.ts";
import { routeTrialQuery } from "../../lib/client/routes.ts";
import { useIsNarrow } from "../../lib/client/use-is-narrow.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { DataGate } from "../ui/data-gate.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Panel } from "../ui/panel.tsx";
import { draftFrom, questionOf } from "./trial-question.ts";
import { TrialView } from "./trial-view.tsx";
import { TryForm } from "./try-form.tsx";

export const noTrial = { model: null, key: null, session: null, endpoint: null, tokens: null };

/** Which target a request would go to and why, without sending one. */
export function TryRoute() {
	const queries = useQueryClient();
	const isNarrow = useIsNarrow();
	const answer = useRef<HTMLDivElement>(null);
	const [params, change] = useUrlState();
	const draft = draftFrom(params);
	const question = questionOf(draft);
	const repeat = () => {
		void queries.invalidateQueries({ queryKey: ["routes", "trial"] });
		// The answer stands below the form there, out of sight.
		if (isNarrow) answer.current?.scrollIntoView();
	};
	return (
		<div className="grid items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
			<Panel title="The request" description="Nothing is sent and nothing is used up.">
				<TryForm
					draft={draft}
					onChange={(part) => change({ ...part, tab: "try" })}
					onRepeat={question === undefined ? undefined : repeat}
				/>
			</Panel>
			<div ref={answer} className="min-w-0 scroll-mt-16">
				{question === undefined ? (
					<Panel>
						<EmptyState
							icon={Waypoints}
							title="The way of the request will be explained here."
							hint="Choose the name that an application would send as model."
						/>
					</Panel>
				) : (
					<Explanation question={question} />
				)}
			</div>
		</div>
	);
}

function Explanation({ question }: { readonly question: RouteQuestion }) {
	const trial = useQuery({ ...routeTrialQuery(question), placeholderData: keepPreviousData });
	return (
		<DataGate query={trial}>{(data) => <TrialView trial={data} model={question.model} />}</DataGate>
	);
}
