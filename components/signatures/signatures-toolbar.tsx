import { categoryWords } from "../../lib/format/threat-words.ts";

import { severityOptions } from "../ui/severity-badge.tsx";
import { optionsOfWords, UrlChoice, UrlSearch } from "../ui/url-filters.tsx";
import { modeWords } from "./signature-words.ts";

/** The filters of the table; they stand in the address. */
export function SignaturesToolbar() {
	return (
		<>
			<UrlSearch label="Search signatures" placeholder="Id, title or text" />
			<UrlChoice
				name="category"
				label="Category"
				any="Any category"
				options={optionsOfWords(categoryWords)}
			/>
			<UrlChoice name="mode" label="Mode" any="Any mode" options={optionsOfWords(modeWords)} />
			<UrlChoice name="severity" label="Severity" any="Any severity" options={severityOptions} />
			<UrlChoice
				name="origin"
				label="Origin"
				any="All signatures"
				options={[
					{ value: "own", label: "Own" },
					{ value: "shipped", label: "Shipped" },
				]}
			/>
		</>
	);
}
