import { useQuery } from "@tanstack/react-query";
import { keysQuery } from "../../lib/client/keys.ts";
import { useMay } from "../../lib/client/use-session.ts";
import type { Key } from "../../lib/contracts/keys.ts";
import { endpointWords } from "../../lib/format/endpoint-words.ts";
import { sourceWords } from "../../lib/format/threat-words.ts";
import type { PrivacySettings } from "../../proxy-core/contract/privacy-settings.ts";
import { endpointIds } from "../../proxy-core/contract/settled-record.ts";
import { segmentSources } from "../../proxy-core/contract/verdict.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import type { PickerOption } from "../ui/picker.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { NameList } from "./name-list.tsx";
import type { PrivacyDraft } from "./use-privacy-draft.ts";

interface ScopePanelProps {
	readonly draft: PrivacyDraft;
	readonly isReadOnly: boolean;
}

type Scope = PrivacySettings["scope"];

const endpoints = endpointIds.filter(
	(id) => id !== "models" && id !== "metrics" && id !== "moderations",
);
const sources = segmentSources.filter((source) => !source.startsWith("answer"));

/** Which requests are looked at, and what is never taken for personal data. */
export function ScopePanel({ draft, isReadOnly }: ScopePanelProps) {
	const { value, set } = draft;
	const setScope = (part: Partial<Scope>) => set({ scope: { ...value.scope, ...part } });
	const mayHaveKeys = useMay("keys:own");
	const keys = useQuery({ ...keysQuery(), enabled: mayHaveKeys }).data?.items ?? [];
	return (
		<div className="grid items-start gap-4 lg:grid-cols-2">
			<Panel title="Scope" description="Nothing chosen means everywhere.">
				<div className="flex flex-col gap-5">
					<Choices
						title="Endpoints"
						options={endpoints}
						words={(endpoint) => endpointWords[endpoint].label}
						chosen={value.scope.endpoints}
						onChange={(chosen) => setScope({ endpoints: chosen })}
						isReadOnly={isReadOnly}
					/>
					<Choices
						title="Places in the conversation"
						options={sources}
						words={(source) => sourceWords[source]}
						chosen={value.scope.sources}
						onChange={(chosen) => setScope({ sources: chosen })}
						isReadOnly={isReadOnly}
					/>
					<NameList
						label="Keys"
						help="Requests of other keys are not looked at."
						options={keys.map(({ id, name }) => ({ value: id, label: name }))}
						chosen={value.scope.keyIds}
						onChange={(keyIds) => setScope({ keyIds })}
						isReadOnly={isReadOnly}
					/>
					<NameList
						label="Teams"
						help="Requests of other teams are not looked at."
						options={teamsOf(keys)}
						chosen={value.scope.teamIds}
						onChange={(teamIds) => setScope({ teamIds })}
						isReadOnly={isReadOnly}
					/>
				</div>
			</Panel>
			<Panel
				title="Never personal"
				description="Texts that are left alone wherever they are found."
			>
				<Field
					label="Texts"
					help="One a line, such as the company's own address. Compared without regard to case."
				>
					{(control) => (
						<Textarea
							{...control}
							rows={8}
							disabled={isReadOnly}
							value={value.allowed.join("\n")}
							onChange={(event) => set({ allowed: linesOf(event.target.value) })}
						/>
					)}
				</Field>
			</Panel>
		</div>
	);
}

/** Empty lines stay while somebody types; the server is sent none of them. */
function linesOf(text: string): string[] {
	return text === "" ? [] : text.split("\n");
}

function teamsOf(keys: readonly Pick<Key, "team">[]): readonly PickerOption[] {
	const names = new Map(keys.flatMap(({ team }) => (team === null ? [] : [[team.id, team.name]])));
	return [...names].map(([value, label]) => ({ value, label }));
}

interface ChoicesProps<Value extends string> {
	readonly title: string;
	readonly options: readonly Value[];
	readonly words: (option: Value) => string;
	readonly chosen: readonly Value[];
	readonly onChange: (chosen: Value[]) => void;
	readonly isReadOnly: boolean;
}

function Choices<Value extends string>(props: ChoicesProps<Value>) {
	const { title, options, words, chosen, onChange, isReadOnly } = props;
	return (
		<fieldset className="flex flex-col gap-1.5">
			<legend className="mb-1.5 font-medium text-ink">{title}</legend>
			<div className="grid gap-1.5 sm:grid-cols-2">
				{options.map((option) => (
					<Checkbox
						key={option}
						label={words(option)}
						isChecked={chosen.includes(option)}
						disabled={isReadOnly}
						onChange={(isChecked) =>
							onChange(isChecked ? [...chosen, option] : chosen.filter((one) => one !== option))
						}
					/>
				))}
			</div>
		</fieldset>
	);
}
