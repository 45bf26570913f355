"use client";

import { ClientProblem } from "../../lib/client/problem.ts";
import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import type { EndpointDraft } from "./endpoint-draft.ts";
import { checkDraft } from "./endpoint-draft.ts";
import { timeoutNames, timeoutWords } from "./timeout-words.ts";
import type { EndpointChange } from "./use-update-endpoint.ts";

interface EndpointFormProps {
	/** Ties the drawer's button to the form. */
	readonly id: string;
	readonly endpoint: TargetEndpoint;
	readonly draft: EndpointDraft;
	readonly isReadOnly: boolean;
	readonly error: unknown;
	readonly onChange: (draft: EndpointDraft) => void;
	readonly onSubmit: (change: EndpointChange) => void;
}

export function EndpointForm(props: EndpointFormProps) {
	const { id, endpoint, draft, isReadOnly, error, onChange, onSubmit } = props;
	const check = checkDraft(draft);
	const own = check.ok ? [] : check.issues;
	const server = error instanceof ClientProblem ? error.issues : [];
	const issueOf = (path: string) =>
		[...own, ...server].find((issue) => issue.path === path)?.message;
	return (
		<form
			id={id}
			noValidate
			className="flex flex-col gap-5"
			onSubmit={(event) => {
				event.preventDefault();
				if (check.ok) onSubmit(check.input);
			}}
		>
			<Field
				label="Priority"
				help="Lower is tried first, where a route’s strategy is priority or a model is asked for by its bare name."
				error={issueOf("priority")}
			>
				{(control) => (
					<Input
						{...control}
						inputMode="numeric"
						className="max-w-32"
						disabled={isReadOnly}
						value={draft.priority}
						onChange={(event) => onChange({ ...draft, priority: event.target.value })}
					/>
				)}
			</Field>
			<fieldset>
				<legend className="font-medium text-ink">Timeouts</legend>
				<p className="mb-3 text-muted text-sm">Empty: the installation’s, as the field shows.</p>
				<div className="grid gap-4 sm:grid-cols-2">
					{timeoutNames.map((name) => (
						<Field
							key={name}
							label={timeoutWords[name].title}
							help={timeoutWords[name].help}
							error={issueOf(`timeouts.${name}`)}
						>
							{(control) => (
								<Input
									{...control}
									inputMode="numeric"
									unit="ms"
									disabled={isReadOnly}
									placeholder={
										endpoint.timeouts[name] === null
											? formatCount(endpoint.timeoutsInForce[name])
											: "The installation’s"
									}
									value={draft.timeouts[name]}
									onChange={(event) =>
										onChange({
											...draft,
											timeouts: { ...draft.timeouts, [name]: event.target.value },
										})
									}
								/>
							)}
						</Field>
					))}
				</div>
			</fieldset>
			{error !== null && <ErrorNote error={error} />}
		</form>
	);
}
