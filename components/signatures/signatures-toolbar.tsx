import { categoryWords } from "../../lib/format/threat-words.ts";
import { ruleModes, severities, threatCategories } from "../../proxy-core/contract/threats.ts";
import { severityLooks } from "../ui/severity-badge.tsx";
import { UrlChoice, UrlSearch } from "../ui/url-filters.tsx";
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
				options={threatCategories.map((value) => ({ value, label: categoryWords[value] }))}
			/>
			<UrlChoice
				name="mode"
				label="Mode"
				any="Any mode"
				options={ruleModes.map((value) => ({ value, label: modeWords[value] }))}
			/>
			<UrlChoice
				name="severity"
				label="Severity"
				any="Any severity"
				options={severities.map((value) => ({ value, label: severityLooks[value].word }))}
			/>
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
