"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowLeft, ArrowRight } from "lucide-react";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import { keysQuery } from "../../lib/client/keys.ts";
import { createKey } from "../../lib/contracts/keys.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Panel } from "../ui/panel.tsx";
import { SecretOnce } from "../ui/secret-once.tsx";

interface KeyStepProps {
	readonly token: string | undefined;
	readonly onToken: (token: string) => void;
	readonly onBack: () => void;
	readonly onNext: () => void;
}

export function KeyStep({ token, onToken, onBack, onNext }: KeyStepProps) {
	const queries = useQueryClient();
	const keys = useQuery(keysQuery());
	const [name, setName] = useState("First key");
	const create = useMutation({
		mutationFn: () => call(createKey, { body: { name } }),
		onSuccess: (answer) => {
			onToken(answer.token);
			void queries.invalidateQueries({ queryKey: ["keys"] });
		},
	});
	const active = keys.data?.items.filter((key) => key.status === "active").length ?? 0;
	return (
		<>
			<Panel
				title="A key for an application"
				description="Applications send it in place of a provider's key. Every request it makes is counted, limited and recorded."
			>
				{token === undefined ? (
					<form
						className="flex flex-col gap-4"
						onSubmit={(event) => {
							event.preventDefault();
							create.mutate();
						}}
					>
						<Field
							label="Name"
							help={
								active === 0
									? "What or who uses this key."
									: `What or who uses this key. There ${active === 1 ? "is" : "are"} ${formatQuantity(active, "active key")} already; their secrets cannot be shown again.`
							}
						>
							{(control) => (
								<Input
									{...control}
									required
									maxLength={80}
									value={name}
									onChange={(event) => setName(event.target.value)}
								/>
							)}
						</Field>
						{create.error !== null && <ErrorNote error={create.error} />}
						<Button
							type="submit"
							variant="primary"
							className="self-start"
							isBusy={create.isPending}
							disabled={name.trim() === ""}
						>
							Create key
						</Button>
					</form>
				) : (
					<SecretOnce secret={token} label="API key" />
				)}
			</Panel>
			<div className="flex flex-wrap justify-between gap-2">
				<Button onClick={onBack}>
					<ArrowLeft aria-hidden="true" />
					Back
				</Button>
				<Button variant={token === undefined ? "secondary" : "primary"} onClick={onNext}>
					{token === undefined ? "I have a key" : "Continue"}
					<ArrowRight aria-hidden="true" />
				</Button>
			</div>
		</>
	);
}
