import { useMutation } from "@tanstack/react-query";
import { PlugZap } from "lucide-react";
import { call } from "../../lib/client/call.ts";
import type { PresidioCheckAnswer } from "../../lib/contracts/privacy.ts";
import { checkPresidio } from "../../lib/contracts/privacy.ts";
import { formatDuration, formatQuantity } from "../../lib/format/numbers.ts";
import type { PrivacySettings } from "../../proxy-core/contract/privacy-settings.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Select } from "../ui/select.tsx";
import { actionWords, failureWords, optionsOf } from "./privacy-words.ts";

type Presidio = PrivacySettings["presidio"];

interface PresidioFieldsProps {
	readonly value: Presidio;
	readonly onChange: (part: Partial<Presidio>) => void;
	readonly isReadOnly: boolean;
	readonly urlIssue: string | undefined;
}

export function PresidioFields({ value, onChange, isReadOnly, urlIssue }: PresidioFieldsProps) {
	return (
		<div className="flex flex-col gap-4">
			<Field
				label="Address"
				isRequired
				help="Addresses of one's own network need LLMPROXY_EGRESS_ALLOW."
				error={urlIssue}
			>
				{(control) => (
					<Input
						{...control}
						type="url"
						disabled={isReadOnly}
						placeholder="http://presidio-analyzer:3000"
						value={value.url}
						onChange={(event) => onChange({ url: event.target.value })}
					/>
				)}
			</Field>
			<div className="grid gap-4 sm:grid-cols-3">
				<Field label="Language" help="Such as en or de.">
					{(control) => (
						<Input
							{...control}
							disabled={isReadOnly}
							maxLength={10}
							value={value.language}
							onChange={(event) => onChange({ language: event.target.value })}
						/>
					)}
				</Field>
				<NumberField
					label="Certain enough"
					help="Score from 0 to 1."
					step={0.05}
					max={1}
					value={value.scoreThreshold}
					onChange={(scoreThreshold) => onChange({ scoreThreshold })}
					isReadOnly={isReadOnly}
				/>
				<NumberField
					label="Time limit"
					unit="ms"
					step={1}
					max={60_000}
					value={value.timeoutMs}
					onChange={(timeoutMs) => onChange({ timeoutMs })}
					isReadOnly={isReadOnly}
				/>
			</div>
			<Field label="When it fails" help={failureWords[value.onFailure].hint}>
				{(control) => (
					<Select
						{...control}
						disabled={isReadOnly}
						options={optionsOf(failureWords)}
						value={value.onFailure}
						onChange={(onFailure) => onChange({ onFailure })}
					/>
				)}
			</Field>
			<Field label="Types that only it knows" help={actionWords[value.otherTypes].hint}>
				{(control) => (
					<Select
						{...control}
						disabled={isReadOnly}
						options={optionsOf(actionWords)}
						value={value.otherTypes}
						onChange={(otherTypes) => onChange({ otherTypes })}
					/>
				)}
			</Field>
			{!isReadOnly && <ConnectionTest settings={value} />}
		</div>
	);
}

interface NumberFieldProps {
	readonly label: string;
	readonly help?: string;
	readonly unit?: string;
	readonly step: number;
	readonly max: number;
	readonly value: number;
	readonly onChange: (value: number) => void;
	readonly isReadOnly: boolean;
}

function NumberField({
	label,
	help,
	unit,
	step,
	max,
	value,
	onChange,
	isReadOnly,
}: NumberFieldProps) {
	return (
		<Field label={label} help={help}>
			{(control) => (
				<Input
					{...control}
					type="number"
					min={0}
					max={max}
					step={step}
					unit={unit}
					disabled={isReadOnly}
					value={value}
					onChange={(event) => onChange(Number(event.target.value))}
				/>
			)}
		</Field>
	);
}

/** Asks the address as it stands in the form, saved or not. */
function ConnectionTest({ settings }: { readonly settings: Presidio }) {
	const check = useMutation({
		mutationFn: (asked: Presidio) => call(checkPresidio, { body: asked }),
	});
	return (
		<div className="flex flex-col items-start gap-3">
			<Button
				disabled={settings.url.trim() === ""}
				isBusy={check.isPending}
				onClick={() => check.mutate(settings)}
			>
				<PlugZap aria-hidden="true" />
				Test the connection
			</Button>
			<div role="status" className="w-full">
				{check.data !== undefined && <CheckNote check={check.data} />}
			</div>
			{check.error !== null && <ErrorNote error={check.error} />}
		</div>
	);
}

function CheckNote({ check }: { readonly check: PresidioCheckAnswer }) {
	const { works, message, latencyMs, entities } = check;
	if (!works) return <Notice severity="high">It does not work: {message}</Notice>;
	const known =
		entities.length === 0 ? "" : ` It recognises ${formatQuantity(entities.length, "type")}.`;
	return (
		<Notice severity="info">
			It works, in {formatDuration(latencyMs)}. {message}
			{known}
		</Notice>
	);
}
