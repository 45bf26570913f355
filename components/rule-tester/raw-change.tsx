"use client";

import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { isUnchanged, readChange } from "./policy-change.ts";
import type { PolicyDraft } from "./use-policy-change.ts";

/** The change as JSON, for whatever the fields above do not reach. */
export function RawChange({ policy }: { readonly policy: PolicyDraft }) {
	const stored = isUnchanged(policy.change) ? "" : JSON.stringify(policy.change, null, 2);
	const [draft, setDraft] = useState<string | undefined>(undefined);
	const [problem, setProblem] = useState<string | undefined>(undefined);
	const take = () => {
		const read = readChange(draft ?? stored);
		if ("problem" in read) return setProblem(read.problem);
		policy.replace(read.change);
		setDraft(undefined);
	};
	return (
		<details>
			<summary className="cursor-pointer text-ink">As JSON</summary>
			<div className="flex flex-col items-start gap-3 pt-3">
				<div className="w-full">
					<Field
						label="Change"
						error={problem}
						help="Sections of the settings that replace those in force; guards one by one. The server checks it when it judges."
					>
						{(control) => (
							<Textarea
								{...control}
								rows={8}
								className="font-mono text-sm"
								spellCheck={false}
								placeholder='{ "privacy": { "mode": "enforce" } }'
								value={draft ?? stored}
								onChange={(event) => {
									setDraft(event.target.value);
									setProblem(undefined);
								}}
							/>
						)}
					</Field>
				</div>
				<Button size="small" disabled={draft === undefined} onClick={take}>
					Use this change
				</Button>
			</div>
		</details>
	);
}
