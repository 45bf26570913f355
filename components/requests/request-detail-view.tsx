import type { RequestDetail } from "../../lib/contracts/requests.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { Panel } from "../ui/panel.tsx";
import { AttemptsTable } from "./attempts-table.tsx";
import { FactList } from "./fact-list.tsx";
import { FindingsTable } from "./findings-table.tsx";
import { RequestHeader } from "./request-header.tsx";
import { RequestMeasures } from "./request-measures.tsx";
import { StageWaterfall } from "./stage-waterfall.tsx";
import { UsageFacts } from "./usage-facts.tsx";
import { whatFacts } from "./what-facts.tsx";
import { whoFacts } from "./who-facts.tsx";

export function RequestDetailView({ request }: { readonly request: RequestDetail }) {
	const hasFindings = request.findings.length > 0;
	return (
		<>
			<RequestHeader request={request} />
			<RequestMeasures request={request} />
			{/* What was found is why one is here. */}
			{hasFindings && <FindingsTable request={request} />}
			<StageWaterfall request={request} />
			<div className={classNames("grid gap-3", !hasFindings && "lg:grid-cols-2")}>
				{!hasFindings && <FindingsTable request={request} />}
				<AttemptsTable attempts={request.attempts} />
			</div>
			<div className="grid gap-3 lg:grid-cols-3">
				<Panel title="Who">
					<FactList facts={whoFacts(request)} />
				</Panel>
				<Panel title="What">
					<FactList facts={whatFacts(request)} />
				</Panel>
				<Panel title="Tokens and cost">
					<UsageFacts request={request} />
				</Panel>
			</div>
		</>
	);
}
