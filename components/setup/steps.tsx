import { Check } from "lucide-react";
import { classNames } from "../../lib/format/class-names.ts";

export const setupSteps = ["admin", "provider", "key", "request"] as const;
export type SetupStep = (typeof setupSteps)[number];

const labels: Readonly<Record<SetupStep, string>> = {
	admin: "Administrator",
	provider: "Provider",
	key: "Key",
	request: "First request",
};

/** Where one is in the set-up. */
export function Steps({ current }: { readonly current: SetupStep }) {
	const at = setupSteps.indexOf(current);
	return (
		<ol aria-label="Set-up" className="flex items-center gap-2 text-sm">
			{setupSteps.map((step, index) => (
				<li
					key={step}
					aria-current={index === at ? "step" : undefined}
					className="flex min-w-0 items-center gap-2"
				>
					{index > 0 && <span aria-hidden="true" className="h-px w-3 bg-line-strong sm:w-6" />}
					<span
						className={classNames(
							"flex size-6 shrink-0 items-center justify-center rounded-full border text-xs",
							index < at && "border-transparent bg-ok-soft text-ok-ink",
							index === at && "border-transparent bg-accent-fill text-white",
							index > at && "border-line-strong text-muted",
						)}
					>
						{index < at ? <Check aria-label="Done" className="size-3.5" /> : index + 1}
					</span>
					<span
						className={classNames(
							"truncate",
							index === at ? "font-medium text-ink" : "hidden text-muted sm:inline",
						)}
					>
						{labels[step]}
					</span>
				</li>
			))}
		</ol>
	);
}
