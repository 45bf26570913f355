"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import type { ProviderKind } from "../../lib/contracts/providers.ts";
import { createProvider, testProvider } from "../../lib/contracts/providers.ts";
import { ListInput } from "../forms/list-input.tsx";
import { SchemaForm } from "../forms/schema-form.tsx";
import { useSchemaForm } from "../forms/use-schema-form.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { notifyDone } from "../ui/toaster.tsx";

interface NewProviderFormProps {
	readonly kind: ProviderKind;
	readonly onDone: () => void;
}

/** The shortest way to a provider: its settings, a test, its models. The Providers page has the rest. */
export function NewProviderForm({ kind, onDone }: NewProviderFormProps) {
	const queries = useQueryClient();
	const form = useSchemaForm({ schema: kind.settings, initial: {}, issuePrefix: "settings" });
	const [models, setModels] = useState<readonly string[]>(kind.suggestedModels);
	const test = useMutation({
		mutationFn: () => call(testProvider, { body: { kind: kind.id, settings: form.value } }),
		onError: form.setServerError,
	});
	const save = useMutation({
		mutationFn: () =>
			call(createProvider, {
				body: {
					id: kind.id,
					kind: kind.id,
					title: kind.title,
					settings: form.value,
					models: [...models],
				},
			}),
		onError: form.setServerError,
		onSuccess: async () => {
			notifyDone(`${kind.title} added`);
			await queries.invalidateQueries({ queryKey: ["providers"] });
			await queries.invalidateQueries({ queryKey: ["models"] });
			onDone();
		},
	});
	const error = save.error ?? test.error;
	return (
		<form
			noValidate
			className="flex flex-col gap-5"
			onSubmit={(event) => {
				event.preventDefault();
				if (form.check()) save.mutate();
			}}
		>
			{kind.credentialsUrl !== null && (
				<a
					href={kind.credentialsUrl}
					target="_blank"
					rel="noreferrer"
					className="inline-flex items-center gap-1.5 self-start rounded text-accent-ink underline underline-offset-4"
				>
					Get credentials
					<ExternalLink aria-hidden="true" className="size-3.5" />
				</a>
			)}
			<SchemaForm form={form} />
			<Field label="Models" help="As the provider names them. Callers use them as provider/model.">
				{(control) => (
					<ListInput
						control={control}
						label="Models"
						items={models}
						onChange={setModels}
						suggestions={test.data?.models ?? kind.suggestedModels}
					/>
				)}
			</Field>
			{test.data !== undefined && (
				<Notice severity={test.data.ok ? "info" : "high"}>
					{test.data.ok ? `Connected in ${test.data.latencyMs} ms. ` : "Not connected. "}
					{test.data.message}
				</Notice>
			)}
			{error !== null && <ErrorNote error={error} />}
			<div className="flex flex-wrap justify-end gap-2">
				<Button
					isBusy={test.isPending}
					onClick={() => {
						if (form.check()) test.mutate();
					}}
				>
					Test connection
				</Button>
				<Button type="submit" variant="primary" isBusy={save.isPending}>
					Add {kind.title}
				</Button>
			</div>
		</form>
	);
}
