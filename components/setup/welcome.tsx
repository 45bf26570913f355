"use client";

import { useState } from "react";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { KeyStep } from "./key-step.tsx";
import { ProviderStep } from "./provider-step.tsx";
import { RequestStep } from "./request-step.tsx";
import { Steps } from "./steps.tsx";

type Step = "provider" | "key" | "request";

/** What comes after the first administrator. The step is in the address; the key is only in memory. */
export function Welcome() {
	const [params, change] = useUrlState();
	const [token, setToken] = useState<string | undefined>(undefined);
	const step = readStep(params.get("step"));
	const go = (next: Step) => change({ step: next }, "push");
	return (
		<div className="mx-auto flex w-full max-w-3xl flex-col gap-6">
			<PageHeader
				title="Getting started"
				description="Three steps to a governed answer. Everything can be changed later."
			/>
			<Steps current={step} />
			{step === "provider" && <ProviderStep onNext={() => go("key")} />}
			{step === "key" && (
				<KeyStep
					token={token}
					onToken={setToken}
					onBack={() => go("provider")}
					onNext={() => go("request")}
				/>
			)}
			{step === "request" && <RequestStep token={token} onBack={() => go("key")} />}
		</div>
	);
}

function readStep(text: string | null): Step {
	return text === "key" || text === "request" ? text : "provider";
}
