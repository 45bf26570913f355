import type { LucideIcon } from "lucide-react";
import { ArrowRight, Check, CircleCheck, CircleX, Shuffle, X } from "lucide-react";
import { Fragment } from "react";
import type { RouteTrial } from "../../lib/contracts/routes.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { Panel } from "../ui/panel.tsx";
import { CandidateList } from "./candidate-list.tsx";
import { fallbackWords, stepTitle } from "./route-words.ts";

interface TrialViewProps {
	readonly trial: RouteTrial;
	readonly model: string;
}

/** The decision first, then how it came about, then everything that was weighed. */
export function TrialView({ trial, model }: TrialViewProps) {
	const { steps, candidates, fallbacks, chosen } = trial;
	return (
		<div className="flex min-w-0 flex-col gap-4">
			<Decision trial={trial} model={model} />
			<Panel title="Step by step">
				<ol className="flex flex-col gap-3">
					{steps.map((step) => (
						<Step key={step.step} step={step} />
					))}
				</ol>
			</Panel>
			{candidates.length > 0 && (
				<Panel
					title="Candidates"
					description="In the order in which they would be tried, as this node sees them."
				>
					<CandidateList label="Candidates" candidates={candidates} chosen={chosen} />
				</Panel>
			)}
			{fallbacks.length > 0 && (
				<Panel title="Fallbacks" description="If none of the candidates can serve the request.">
					<dl className="flex flex-col gap-3">
						{fallbacks.map(({ reason, targets }) => (
							<div key={reason}>
								<dt className="text-muted text-sm">{fallbackWords[reason].title}</dt>
								<dd>
									<Chain targets={targets} />
								</dd>
							</div>
						))}
					</dl>
				</Panel>
			)}
		</div>
	);
}

function Decision({ trial: { chosen, error }, model }: TrialViewProps) {
	const isServed = error === null && chosen !== null;
	const Icon = isServed ? CircleCheck : CircleX;
	return (
		<section
			aria-label="Decision"
			aria-live="polite"
			className={classNames(
				"flex items-start gap-3 rounded-lg border-l-4 px-4 py-3",
				isServed
					? "border-l-ok bg-ok-soft text-ok-ink"
					: "border-l-danger bg-danger-soft text-danger-ink",
			)}
		>
			<Icon aria-hidden="true" className="mt-1 size-5 shrink-0" />
			{isServed ? (
				<p className="min-w-0 text-lg">
					<span className="break-all font-mono">{model}</span> goes to{" "}
					<strong className="break-all font-mono font-semibold">{chosen}</strong>
				</p>
			) : (
				<div className="min-w-0">
					<p className="text-lg">
						<span className="break-all font-mono">{model}</span> would be refused
					</p>
					<p>
						{error?.message} <code className="font-mono text-sm">{error?.code}</code>
					</p>
				</div>
			)}
		</section>
	);
}

type Outcome = RouteTrial["steps"][number]["outcome"];

const looks: Readonly<
	Record<Outcome, { readonly icon: LucideIcon; readonly style: string; readonly word: string }>
> = {
	passed: { icon: Check, style: "bg-ok-soft text-ok-ink", word: "passed" },
	changed: { icon: Shuffle, style: "bg-note-soft text-note-ink", word: "changed" },
	stopped: { icon: X, style: "bg-danger-soft text-danger-ink", word: "stopped" },
};

function Step({ step: { step, outcome, text } }: { readonly step: RouteTrial["steps"][number] }) {
	const { icon: Icon, style, word } = looks[outcome];
	return (
		<li className="flex items-start gap-3">
			<span
				className={classNames(
					"flex size-6 shrink-0 items-center justify-center rounded-full",
					style,
				)}
			>
				<Icon aria-hidden="true" className="size-3.5" />
				<span className="sr-only">{word}</span>
			</span>
			<div className="min-w-0 sm:flex sm:gap-3 sm:pt-0.5">
				<p className="shrink-0 font-medium text-ink sm:w-20">{stepTitle(step)}</p>
				<p className="min-w-0 break-words text-muted">{text}</p>
			</div>
		</li>
	);
}

function Chain({ targets }: { readonly targets: readonly string[] }) {
	return (
		<span className="flex flex-wrap items-center gap-x-2 gap-y-1">
			{targets.map((target, index) => (
				<Fragment key={target}>
					{index > 0 && <ArrowRight aria-label="then" className="size-3.5 text-faint" />}
					<span className="break-all font-mono text-ink text-sm">{target}</span>
				</Fragment>
			))}
		</span>
	);
}
