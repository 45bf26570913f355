import type { PrivacySettings } from "../../proxy-core/contract/privacy-settings.ts";
import { ListInput } from "../forms/list-input.tsx";
import { Field } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { PresidioFields } from "./presidio-fields.tsx";
import { analyzerWords, optionsOf } from "./privacy-words.ts";
import type { PrivacyDraft } from "./use-privacy-draft.ts";

interface AnalyzerPanelProps {
	readonly draft: PrivacyDraft;
	readonly isReadOnly: boolean;
}

/** Who looks for personal data. */
export function AnalyzerPanel({ draft, isReadOnly }: AnalyzerPanelProps) {
	const { value, set } = draft;
	const usesPresidio = value.analyzer !== "builtin";
	const setCountries = (countries: PrivacySettings["countries"]) =>
		set({ countries: countries.map((code) => code.toUpperCase()) });
	return (
		<div className="grid items-start gap-4 lg:grid-cols-2">
			<Panel title="Who looks">
				<div className="flex flex-col gap-4">
					<Field label="Analyzer" help={analyzerWords[value.analyzer].hint}>
						{(control) => (
							<Select
								{...control}
								disabled={isReadOnly}
								options={optionsOf(analyzerWords)}
								value={value.analyzer}
								onChange={(analyzer) => set({ analyzer })}
							/>
						)}
					</Field>
					<Field
						label="Countries"
						help="Whose national numbers the built-in finder looks for, as two-letter codes. None: all that it knows."
						error={draft.issueOf("countries") ?? countryIssue(value.countries)}
					>
						{(control) => (
							<ListInput
								control={control}
								label="Countries"
								items={value.countries}
								onChange={(countries) => setCountries([...countries])}
								isReadOnly={isReadOnly}
								placeholder="DE"
							/>
						)}
					</Field>
				</div>
			</Panel>
			{usesPresidio && (
				<Panel
					title="Presidio analyzer"
					description="A server of Microsoft's Presidio that answers POST /analyze."
				>
					<PresidioFields
						value={value.presidio}
						onChange={(presidio) => set({ presidio: { ...value.presidio, ...presidio } })}
						isReadOnly={isReadOnly}
						urlIssue={draft.issueOf("presidio.url")}
					/>
				</Panel>
			)}
		</div>
	);
}

function countryIssue(countries: readonly string[]): string | undefined {
	const wrong = countries.find((code) => !/^[A-Z]{2}$/.test(code));
	return wrong === undefined ? undefined : `${wrong} is no two-letter code.`;
}
