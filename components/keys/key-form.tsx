"use client";

import { useMay } from "../../lib/client/use-session.ts";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { EndpointsField } from "./endpoints-field.tsx";
import { ExpiryField } from "./expiry-field.tsx";
import type { KeyDraft, KeyInput } from "./key-draft.ts";
import { ModelPatterns } from "./model-patterns.tsx";
import { OwnerField } from "./owner-field.tsx";
import { TeamField } from "./team-field.tsx";
import type { KeyDraftState } from "./use-key-draft.ts";
import { useKeyDraft } from "./use-key-draft.ts";

interface KeyFormProps {
	/** Ties the drawer's button to the form. */
	readonly id: string;
	readonly initial: KeyDraft;
	/** The owner to keep offering, also when the list of people may not be read. */
	readonly knownOwners: readonly { readonly id: string; readonly name: string }[];
	readonly error: unknown;
	readonly onSubmit: (input: KeyInput) => void;
}

export function KeyForm({ id, initial, knownOwners, error, onSubmit }: KeyFormProps) {
	const form = useKeyDraft(initial, error);
	const { draft, change, touch, issueOf } = form;
	const mayManage = useMay("keys:manage");
	return (
		<form
			id={id}
			noValidate
			className="flex flex-col gap-5"
			onSubmit={(event) => {
				event.preventDefault();
				const input = form.finish();
				if (input !== undefined) onSubmit(input);
			}}
		>
			<Field
				label="Name"
				isRequired
				help="What or who uses this key, such as “CI runner”."
				error={issueOf("name")}
			>
				{(control) => (
					<Input
						{...control}
						autoComplete="off"
						maxLength={80}
						value={draft.name}
						onBlur={() => touch("name")}
						onChange={(event) => change({ name: event.target.value })}
					/>
				)}
			</Field>
			{mayManage && (
				<OwnerField
					value={draft.ownerId}
					known={knownOwners}
					error={issueOf("ownerId")}
					onChange={(ownerId) => change({ ownerId })}
				/>
			)}
			{mayManage && (
				<TeamField
					value={draft.teamId}
					error={issueOf("teamId")}
					onChange={(teamId) => change({ teamId })}
				/>
			)}
			<Limits form={form} />
			{error !== null && error !== undefined && <ErrorNote error={error} />}
		</form>
	);
}

/** What the key may do. */
function Limits({ form }: { readonly form: KeyDraftState }) {
	const { draft, change, touch, issueOf } = form;
	return (
		<>
			<ModelPatterns
				value={draft.allowedModels}
				error={issueOf("allowedModels")}
				onChange={(allowedModels) => change({ allowedModels })}
			/>
			<EndpointsField
				value={draft.allowedEndpoints}
				error={issueOf("allowedEndpoints")}
				onChange={(allowedEndpoints) => {
					change({ allowedEndpoints });
					touch("allowedEndpoints");
				}}
			/>
			<Field
				label="Rate limit"
				help="Empty: the limit of the settings. 0: no limit for this key."
				error={issueOf("requestsPerMinute")}
			>
				{(control) => (
					<Input
						{...control}
						inputMode="numeric"
						unit="requests/min"
						placeholder="Default"
						value={draft.requestsPerMinute}
						onBlur={() => touch("requestsPerMinute")}
						onChange={(event) => change({ requestsPerMinute: event.target.value })}
					/>
				)}
			</Field>
			<ExpiryField
				value={draft.expiresAt}
				error={issueOf("expiresAt")}
				onChange={(expiresAt) => {
					change({ expiresAt });
					touch("expiresAt");
				}}
			/>
		</>
	);
}
