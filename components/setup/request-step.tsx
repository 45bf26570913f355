"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { ArrowLeft, Send } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { ChatAnswer } from "../../lib/client/first-request.ts";
import { sendFirstRequest } from "../../lib/client/first-request.ts";
import { modelsQuery } from "../../lib/client/models.ts";
import { useSession } from "../../lib/client/use-session.ts";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { ArrivedRequest } from "./arrived-request.tsx";

interface RequestStepProps {
	/** Undefined after the page was reloaded: it was only ever in memory. */
	readonly token: string | undefined;
	readonly onBack: () => void;
}

export function RequestStep({ token, onBack }: RequestStepProps) {
	const { gatewayUrl } = useSession();
	const models = useQuery(modelsQuery()).data?.items ?? [];
	const [typed, setTyped] = useState("");
	const [chosen, setChosen] = useState("");
	const [prompt, setPrompt] = useState("Say hello to the security team.");
	const key = token ?? typed.trim();
	const model = chosen || (models[0]?.id ?? "");
	const send = useMutation({ mutationFn: () => sendFirstRequest({ key, model, prompt }) });
	return (
		<>
			<Panel
				title="The first request"
				description="Sent from this page with the key, the same way an application does it."
			>
				<form
					className="flex flex-col gap-4"
					onSubmit={(event) => {
						event.preventDefault();
						send.mutate();
					}}
				>
					{token === undefined && (
						<Field
							label="API key"
							help="It was shown once when it was made; without it, go back and create another."
						>
							{(control) => (
								<Input
									{...control}
									type="password"
									autoComplete="off"
									required
									value={typed}
									onChange={(event) => setTyped(event.target.value)}
								/>
							)}
						</Field>
					)}
					<Field label="Model">
						{(control) => (
							<Select
								{...control}
								options={models.map((one) => ({ value: one.id, label: one.id }))}
								value={model}
								onChange={setChosen}
								placeholder="No model is enabled"
							/>
						)}
					</Field>
					<Field label="Message">
						{(control) => (
							<Input
								{...control}
								required
								maxLength={2000}
								value={prompt}
								onChange={(event) => setPrompt(event.target.value)}
							/>
						)}
					</Field>
					{send.error !== null && <ErrorNote error={send.error} />}
					<Button
						type="submit"
						variant="primary"
						className="self-start"
						isBusy={send.isPending}
						disabled={key === "" || model === ""}
					>
						<Send aria-hidden="true" />
						Send request
					</Button>
				</form>
			</Panel>
			{send.data !== undefined && <Answer answer={send.data} />}
			<details className="rounded-lg border border-line bg-surface px-4 py-3">
				<summary className="cursor-pointer font-medium text-ink">The same from a terminal</summary>
				<CodeBlock
					className="mt-3"
					label="curl command"
					code={curlFor({ gatewayUrl, model, prompt })}
				/>
			</details>
			<div className="flex flex-wrap justify-between gap-2">
				<Button onClick={onBack}>
					<ArrowLeft aria-hidden="true" />
					Back
				</Button>
				<Button asChild variant={send.data === undefined ? "secondary" : "primary"}>
					<Link href="/overview">
						{send.data === undefined ? "Finish later" : "To the overview"}
					</Link>
				</Button>
			</div>
		</>
	);
}

function Answer({ answer }: { readonly answer: ChatAnswer }) {
	return (
		<Panel title="Answered and recorded">
			<blockquote className="border-accent border-l-2 pl-3 text-ink">{answer.text}</blockquote>
			<div className="mt-4">
				<ArrivedRequest requestId={answer.requestId} />
			</div>
		</Panel>
	);
}

function curlFor(request: {
	readonly gatewayUrl: string;
	readonly model: string;
	readonly prompt: string;
}): string {
	const body = JSON.stringify({
		model: request.model,
		messages: [{ role: "user", content: request.prompt }],
	});
	return [
		`curl ${request.gatewayUrl}/chat/completions \\`,
		'  -H "Authorization: Bearer $LLMPROXY_KEY" \\',
		'  -H "Content-Type: application/json" \\',
		`  -d '${body.replaceAll("'", "'\\''")}'`,
	].join("\n");
}
