import { Search } from "lucide-react";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import { personalDataGroups } from "../../proxy-core/contract/personal-data.ts";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { actionWords, groupWords, optionsOf, readTypeFilter } from "./privacy-words.ts";

/** The filters of the table; they stand in the address. */
export function TypesToolbar() {
	const [params, change] = useUrlState();
	const filter = readTypeFilter(params);
	return (
		<>
			<div className="relative w-full sm:w-60">
				<Search
					aria-hidden="true"
					className="pointer-events-none absolute top-1.5 left-2.5 size-4 text-faint"
				/>
				<Input
					type="search"
					aria-label="Search types"
					placeholder="Name or id"
					className="h-7 pl-8 text-sm"
					value={filter.search}
					onChange={(event) => change({ search: event.target.value })}
				/>
			</div>
			<Select
				size="small"
				aria-label="Group"
				className="w-auto min-w-32"
				options={[
					{ value: "all", label: "Any group" },
					...personalDataGroups.map((value) => ({ value, label: groupWords[value] })),
				]}
				value={filter.group}
				onChange={(value) => change({ group: value === "all" ? null : value })}
			/>
			<Select
				size="small"
				aria-label="Action"
				className="w-auto min-w-32"
				options={[
					{ value: "all", label: "Any action" },
					...optionsOf(actionWords).map(({ value, label }) => ({ value, label })),
				]}
				value={filter.action}
				onChange={(value) => change({ action: value === "all" ? null : value })}
			/>
		</>
	);
}
