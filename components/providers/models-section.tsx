"use client";

import { useMutation } from "@tanstack/react-query";
import { PlugZap } from "lucide-react";
import { call } from "../../lib/client/call.ts";
import { testProvider } from "../../lib/contracts/providers.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { ConnectionNote } from "./connection-note.tsx";
import { ModelChecklist } from "./model-checklist.tsx";

interface ModelsSectionProps {
	/** The stored provider whose secrets are used where the form leaves them empty. */
	readonly id: string | undefined;
	readonly kind: string;
	/** The settings as they stand in the form. */
	readonly settings: () => Readonly<Record<string, unknown>>;
	readonly suggested: readonly string[];
	readonly unpriced: readonly string[];
	readonly models: readonly string[];
	readonly onChange: (models: readonly string[]) => void;
	/** Hands a refusal to the fields it names. */
	readonly onRefused: (error: unknown) => void;
	readonly isReadOnly: boolean;
	readonly error: string | undefined;
}

/** More than this many are offered unticked: somebody should choose. */
const takenAtOnceMax = 50;

export function ModelsSection(props: ModelsSectionProps) {
	const { id, kind, settings, suggested, models, onChange, isReadOnly } = props;
	const test = useMutation({
		mutationFn: () =>
			call(testProvider, {
				body: { ...(id === undefined ? {} : { id }), kind, settings: { ...settings() } },
			}),
		onSuccess: (report) => {
			if (report.ok && models.length === 0 && report.models.length <= takenAtOnceMax) {
				onChange(report.models);
			}
		},
		onError: props.onRefused,
	});
	return (
		<section className="flex flex-col gap-2.5">
			<div className="flex flex-wrap items-center justify-between gap-2">
				<h3 className="font-semibold text-ink">Models</h3>
				{!isReadOnly && (
					<Button size="small" isBusy={test.isPending} onClick={() => test.mutate()}>
						{!test.isPending && <PlugZap aria-hidden="true" />}
						Test and ask for models
					</Button>
				)}
			</div>
			{test.data !== undefined && !test.isPending && <ConnectionNote report={test.data} />}
			{test.error !== null && <ErrorNote error={test.error} />}
			<ModelChecklist
				chosen={models}
				offered={isReadOnly ? [] : [...(test.data?.models ?? []), ...suggested]}
				unpriced={props.unpriced}
				onChange={onChange}
				isReadOnly={isReadOnly}
				error={props.error}
			/>
		</section>
	);
}
