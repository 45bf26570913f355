import { personalDataGroups } from "../../proxy-core/contract/personal-data.ts";
import { UrlChoice, UrlSearch } from "../ui/url-filters.tsx";
import { actionWords, groupWords, optionsOf } from "./privacy-words.ts";

/** The filters of the table; they stand in the address. */
export function TypesToolbar() {
	return (
		<>
			<UrlSearch label="Search types" placeholder="Name or id" />
			<UrlChoice
				name="group"
				label="Group"
				any="Any group"
				options={personalDataGroups.map((value) => ({ value, label: groupWords[value] }))}
			/>
			<UrlChoice name="action" label="Action" any="Any action" options={optionsOf(actionWords)} />
		</>
	);
}
