import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { SearchPicker } from "../ui/search-picker.tsx";
import { Select } from "../ui/select.tsx";
import type { BanDraft } from "./ban-form.tsx";
import { kindOptions, kindWords } from "./ban-words.ts";
import { useKeyOptions } from "./use-key-options.ts";

interface WhomFieldsProps {
	readonly draft: Pick<BanDraft, "kind" | "value">;
	readonly issue: string | undefined;
	readonly onChange: (part: Partial<BanDraft>) => void;
}

/** What kind of actor, and which one: keys by name, everything else as it is written. */
export function WhomFields({ draft, issue, onChange }: WhomFieldsProps) {
	const keys = useKeyOptions();
	const { example, help } = kindWords[draft.kind];
	return (
		<>
			<Field label="What" help={help}>
				{(control) => (
					<Select
						{...control}
						options={kindOptions}
						value={draft.kind}
						onChange={(kind) => onChange({ kind, value: "" })}
					/>
				)}
			</Field>
			<Field label="Which one" isRequired error={issue}>
				{(control) =>
					draft.kind === "key" ? (
						<SearchPicker
							control={control}
							label="Key"
							placeholder="Choose a key"
							options={keys}
							value={draft.value}
							takesTyped
							onPick={(value) => onChange({ value })}
						/>
					) : (
						<Input
							{...control}
							maxLength={400}
							autoComplete="off"
							spellCheck={false}
							placeholder={example}
							value={draft.value}
							onChange={(event) => onChange({ value: event.target.value })}
						/>
					)
				}
			</Field>
		</>
	);
}
