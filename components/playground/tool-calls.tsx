"use client";

import { Wrench } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/textarea.tsx";
import type { ToolCall } from "./answer.ts";
import { readJson } from "./parameters.ts";
import type { ToolResult } from "./use-playground.ts";

interface ToolCallsProps {
	readonly calls: readonly ToolCall[];
	/** Those that want a result now; empty while the answer still comes or later turns exist. */
	readonly open: readonly ToolCall[];
	readonly onAnswer: (results: readonly ToolResult[]) => void;
}

export function ToolCalls({ calls, open, onAnswer }: ToolCallsProps) {
	return (
		<div className="flex flex-col gap-3">
			{calls.map((call) => (
				<section
					key={call.id}
					aria-label={`Call of ${call.name}`}
					className="rounded-md border border-line"
				>
					<h3 className="flex items-center gap-2 px-3 py-2 text-sm">
						<Wrench aria-hidden="true" className="size-4 shrink-0 text-muted" />
						<span className="font-medium font-mono text-ink">{call.name}</span>
						<span className="truncate font-mono text-faint text-xs">{call.id}</span>
					</h3>
					<CodeBlock
						code={prettyArguments(call.arguments)}
						label={`arguments of ${call.name}`}
						className="rounded-t-none border-x-0 border-b-0"
						isWrapped
					/>
				</section>
			))}
			{open.length > 0 && <Results calls={open} onAnswer={onAnswer} />}
		</div>
	);
}

interface ResultsProps {
	readonly calls: readonly ToolCall[];
	readonly onAnswer: (results: readonly ToolResult[]) => void;
}

function Results({ calls, onAnswer }: ResultsProps) {
	const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
	return (
		<form
			className="flex flex-col gap-3"
			onSubmit={(event) => {
				event.preventDefault();
				onAnswer(calls.map(({ id, name }) => ({ callId: id, name, text: texts[id] ?? "" })));
			}}
		>
			{calls.map((call) => (
				<Field key={call.id} label={`Result of ${call.name}`}>
					{(control) => (
						<Textarea
							{...control}
							rows={2}
							spellCheck={false}
							className="font-mono text-sm"
							placeholder='{"temperature": 21}'
							value={texts[call.id] ?? ""}
							onChange={(event) => setTexts({ ...texts, [call.id]: event.target.value })}
						/>
					)}
				</Field>
			))}
			<Button type="submit" variant="primary" size="small" className="self-end">
				{calls.length === 1 ? "Send the result" : "Send the results"}
			</Button>
		</form>
	);
}

/** Indented when it is JSON already, otherwise as it came so far. */
function prettyArguments(text: string): string {
	const value = readJson(text);
	return value === undefined ? text : JSON.stringify(value, null, 2);
}
