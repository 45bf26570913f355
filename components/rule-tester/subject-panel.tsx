"use client";

import { useQuery } from "@tanstack/react-query";
import { keysQuery } from "../../lib/client/keys.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { Examples } from "./examples.tsx";
import { kindWords, placeWords } from "./inspection-words.ts";
import { judgedEndpoints, subjectKinds, textPlaces } from "./subject.ts";
import type { Inspecting } from "./use-inspection.ts";

interface PartProps {
	readonly inspecting: Inspecting;
}

/** What is judged, where it stands and in whose name. */
export function SubjectPanel({ inspecting }: PartProps) {
	const { subject, setSubject, missing, isBusy } = inspecting;
	const mayOpen = useMay("guards:write");
	const kinds = subjectKinds.filter((kind) => kind !== "request" || mayOpen);
	return (
		<Panel title="What to judge" description="The text stays on this page; links do not carry it.">
			<form
				className="flex flex-col gap-4"
				onSubmit={(event) => {
					event.preventDefault();
					inspecting.run();
				}}
			>
				<div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-3">
					<Field label="Judge">
						{(control) => (
							<Select
								{...control}
								options={kinds.map((value) => ({ value, label: kindWords[value] }))}
								value={subject.kind}
								onChange={(kind) => setSubject({ kind })}
							/>
						)}
					</Field>
					<Where inspecting={inspecting} />
					{subject.kind !== "request" && <InWhoseName inspecting={inspecting} />}
				</div>
				{subject.kind === "request" && !mayOpen && (
					<Notice severity="info">
						Recorded requests can be opened by those who may change guards.
					</Notice>
				)}
				<What inspecting={inspecting} />
				<Answer inspecting={inspecting} />
				<div className="flex flex-wrap items-center gap-3">
					<Button
						type="submit"
						variant="primary"
						disabled={missing !== undefined}
						isBusy={isBusy}
						aria-describedby="rule-tester-missing"
					>
						Judge it
					</Button>
					<p id="rule-tester-missing" className="text-muted text-sm">
						{missing ?? <Shortcut />}
					</p>
				</div>
			</form>
		</Panel>
	);
}

function Shortcut() {
	return (
		<span className="max-sm:hidden">
			<Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd> in a text does the same.
		</span>
	);
}

function Where({ inspecting: { subject, setSubject } }: PartProps) {
	if (subject.kind === "request") return null;
	if (subject.kind === "body") {
		return (
			<Field label="Sent to">
				{(control) => (
					<Select
						{...control}
						options={judgedEndpoints.map((value) => ({ value, label: value }))}
						value={subject.endpoint}
						onChange={(endpoint) => setSubject({ endpoint })}
					/>
				)}
			</Field>
		);
	}
	return (
		<Field label="It stands as" help={placeWords[subject.place].hint}>
			{(control) => (
				<Select
					{...control}
					options={textPlaces.map((value) => ({ value, ...placeWords[value] }))}
					value={subject.place}
					onChange={(place) => setSubject({ place })}
				/>
			)}
		</Field>
	);
}

function What({ inspecting: { subject, setSubject, said, setSaid, run } }: PartProps) {
	if (subject.kind === "request") {
		return (
			<Field
				label="Id of the request"
				help="Only requests that were recorded can be judged again; the requests page leads here."
			>
				{(control) => (
					<Input
						{...control}
						className="font-mono"
						autoComplete="off"
						spellCheck={false}
						maxLength={64}
						value={subject.requestId}
						onChange={(event) => setSubject({ requestId: event.target.value })}
					/>
				)}
			</Field>
		);
	}
	if (subject.kind === "body") {
		return (
			<Field label="Body" help="JSON, as a caller would send it.">
				{(control) => (
					<Textarea
						{...control}
						rows={12}
						onSend={run}
						className="font-mono"
						spellCheck={false}
						maxLength={2_000_000}
						value={said.body}
						onChange={(event) => setSaid({ body: event.target.value })}
					/>
				)}
			</Field>
		);
	}
	return (
		<>
			<Field label="Text">
				{(control) => (
					<Textarea
						{...control}
						rows={6}
						maxLength={1_000_000}
						value={said.text}
						onChange={(event) => setSaid({ text: event.target.value })}
						onSend={run}
					/>
				)}
			</Field>
			{said.text === "" && (
				<Examples
					onChoose={({ text, place }) => {
						setSaid({ text });
						setSubject({ place });
					}}
				/>
			)}
		</>
	);
}

function Answer({ inspecting: { said, setSaid, run } }: PartProps) {
	return (
		<details open={said.answer === "" ? undefined : true}>
			<summary className="cursor-pointer text-ink">With an answer of the model</summary>
			<div className="pt-3">
				<Field label="Answer" help="Judged by the answer guards, as if a model had said it.">
					{(control) => (
						<Textarea
							{...control}
							rows={5}
							onSend={run}
							maxLength={1_000_000}
							value={said.answer}
							onChange={(event) => setSaid({ answer: event.target.value })}
						/>
					)}
				</Field>
			</div>
		</details>
	);
}

const nobody = "nobody";

/** Scopes and exceptions may look at the key. */
function InWhoseName({ inspecting: { subject, setSubject } }: PartProps) {
	const mayList = useMay("keys:own");
	const keys = useQuery({ ...keysQuery(), enabled: mayList });
	if (!mayList) return null;
	const listed = keys.data?.items ?? [];
	const isListed = listed.some(({ id }) => id === subject.keyId);
	const unknown =
		subject.keyId === "" || isListed ? [] : [{ value: subject.keyId, label: subject.keyId }];
	return (
		<Field label="In the name of" help="Scopes and exceptions of guards may look at the key.">
			{(control) => (
				<Select
					{...control}
					options={[
						{ value: nobody, label: "No key" },
						...unknown,
						...listed.map(({ id, name }) => ({ value: id, label: name })),
					]}
					value={subject.keyId === "" ? nobody : subject.keyId}
					onChange={(id) => setSubject({ keyId: id === nobody ? "" : id })}
				/>
			)}
		</Field>
	);
}
