import type { RequestDetail } from "../../lib/contracts/requests.ts";
import { Badge } from "../ui/badge.tsx";
import type { Fact } from "./fact-list.tsx";
import { FilterLink } from "./filter-link.tsx";

export function whoFacts(request: RequestDetail): readonly Fact[] {
	const { key, tags, ip } = request;
	return [
		{
			label: "Key",
			value: key && <FilterLink name="keyId" value={key.id} text={key.name ?? key.id} />,
		},
		{ label: "Console user", value: nameOf(request.user) },
		{
			label: "Owner of the key",
			value: request.owner && (
				<FilterLink name="userId" value={request.owner.id} text={nameOf(request.owner) ?? ""} />
			),
		},
		{
			label: "Team",
			value: request.team && (
				<FilterLink name="teamId" value={request.team.id} text={nameOf(request.team) ?? ""} />
			),
		},
		{ label: "End user", value: request.endUser },
		{ label: "Session", value: request.session },
		{ label: "Tags", value: tags.length === 0 ? null : <Tags tags={tags} /> },
		{ label: "IP address", value: <FilterLink name="ip" value={ip} /> },
		{ label: "User agent", value: request.userAgent === "" ? null : request.userAgent },
	];
}

function Tags({ tags }: { readonly tags: readonly string[] }) {
	return (
		<span className="flex flex-wrap gap-1">
			{tags.map((tag) => (
				<Badge key={tag}>
					<FilterLink name="tag" value={tag} />
				</Badge>
			))}
		</span>
	);
}

function nameOf(
	named: { readonly id: string; readonly name: string | null } | null,
): string | null {
	return named === null ? null : (named.name ?? named.id);
}
