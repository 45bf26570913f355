import { permissionMatrix, roles } from "../../lib/contracts/permissions.ts";
import { adminEndpoints } from "../../lib/contracts/registry.ts";
import { code, page, table } from "./markdown.ts";

const intro =
	"Each person has one role. Every endpoint of the admin API names the permission it needs, and its handler checks it on each request against the role of that moment; the console hides what a role cannot do.";

const scope =
	"A role without `keys:manage` sees its own keys only, and requests that were made with them or in its own name.";

export function permissionsPage(): string {
	const matrix = Object.entries(permissionMatrix).map(([permission, holders]) => [
		code(permission),
		...roles.map((role) => ((holders as readonly string[]).includes(role) ? "yes" : "")),
	]);
	const uses = Object.keys(permissionMatrix).map((permission) => {
		const endpoints = adminEndpoints.filter(({ access }) => access === permission);
		return [
			code(permission),
			endpoints.map(({ method, path }) => code(`${method} ${path}`)).join("<br>"),
		];
	});
	const used = uses.filter(([, endpoints]) => endpoints !== "");
	const unused = uses.filter(([, endpoints]) => endpoints === "").map(([permission]) => permission);
	return page(
		"Roles and permissions",
		intro,
		table(["Permission", ...roles], matrix),
		scope,
		"## What each permission opens",
		table(["Permission", "Endpoints"], used),
		`No endpoint asks for ${unused.join(", ")} yet: the names are fixed, so that roles need no change when the features come.`,
	);
}
