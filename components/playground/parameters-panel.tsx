"use client";

import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { Textarea } from "../ui/textarea.tsx";
import type { ParameterIssues, Parameters } from "./parameters.ts";
import { toolNames } from "./parameters.ts";

export interface ParametersPanelProps {
	readonly parameters: Parameters;
	readonly issues: ParameterIssues;
	readonly onChange: (part: Partial<Parameters>) => void;
}

const formats = [
	{ value: "text", label: "Text" },
	{ value: "json", label: "JSON", hint: "Some valid JSON object" },
	{ value: "schema", label: "JSON Schema", hint: "JSON that fits a schema" },
] as const;

export function ParametersPanel({ parameters, issues, onChange }: ParametersPanelProps) {
	return (
		<div className="flex flex-col gap-5">
			<Field label="System prompt">
				{(control) => (
					<Textarea
						{...control}
						rows={4}
						placeholder="How the model should behave"
						value={parameters.system}
						onChange={(event) => onChange({ system: event.target.value })}
					/>
				)}
			</Field>
			<div className="grid grid-cols-2 gap-3">
				<Field label="Temperature" error={issues.temperature}>
					{(control) => (
						<Input
							{...control}
							inputMode="decimal"
							placeholder="Model’s own"
							value={parameters.temperature}
							onChange={(event) => onChange({ temperature: event.target.value })}
						/>
					)}
				</Field>
				<Field label="Max tokens" error={issues.maxTokens}>
					{(control) => (
						<Input
							{...control}
							inputMode="numeric"
							placeholder="Model’s own"
							value={parameters.maxTokens}
							onChange={(event) => onChange({ maxTokens: event.target.value })}
						/>
					)}
				</Field>
			</div>
			<Checkbox
				label="Stream the answer"
				isChecked={parameters.isStreaming}
				onChange={(isStreaming) => onChange({ isStreaming })}
			/>
			<Field label="Response format">
				{(control) => (
					<Select
						id={control.id}
						options={formats}
						value={parameters.format}
						onChange={(format) => onChange({ format })}
					/>
				)}
			</Field>
			{parameters.format === "schema" && (
				<Field label="Schema of the answer" error={issues.schema}>
					{(control) => (
						<Textarea
							{...control}
							rows={8}
							spellCheck={false}
							className="font-mono text-sm"
							value={parameters.schema}
							onChange={(event) => onChange({ schema: event.target.value })}
						/>
					)}
				</Field>
			)}
			<ToolControls parameters={parameters} issues={issues} onChange={onChange} />
		</div>
	);
}

function ToolControls({ parameters, issues, onChange }: ParametersPanelProps) {
	const names = toolNames(parameters);
	return (
		<div className="flex flex-col gap-4">
			<Checkbox
				label="Offer tools"
				help="The model may ask for a call; you write its result."
				isChecked={parameters.hasTools}
				onChange={(hasTools) => onChange({ hasTools })}
			/>
			{parameters.hasTools && (
				<>
					<Field label="Tools" error={issues.tools}>
						{(control) => (
							<Textarea
								{...control}
								rows={12}
								spellCheck={false}
								className="font-mono text-sm"
								value={parameters.tools}
								onChange={(event) => onChange({ tools: event.target.value })}
							/>
						)}
					</Field>
					<Field label="Tool choice">
						{(control) => (
							<Select
								id={control.id}
								options={[
									{ value: "auto", label: "Auto", hint: "The model decides" },
									{ value: "required", label: "Required", hint: "Some tool must be called" },
									{ value: "none", label: "None", hint: "No tool may be called" },
									...names.map((name) => ({ value: name, label: name })),
								]}
								value={parameters.toolChoice}
								onChange={(toolChoice) => onChange({ toolChoice })}
							/>
						)}
					</Field>
				</>
			)}
		</div>
	);
}
