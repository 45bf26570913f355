import type { GuardRule } from "../define-guard.ts";
import { vendorRules } from "./named/vendors.ts";
import { tokenRules } from "./tokens/registry.ts";

type Described = Pick<GuardRule, "id" | "title"> & Partial<Pick<GuardRule, "severity">>;

const general: readonly Described[] = [
	{ id: "private-key", title: "Private key", severity: "critical" },
	{ id: "connection-string", title: "Password in an address or connection string" },
	{ id: "basic-authorization", title: "User and password of a command" },
	{ id: "generic-secret", title: "Random value under the name of a secret" },
	{ id: "generic-password", title: "Likely password", severity: "medium" },
];

/** Every kind of credential that can be found. */
export const credentialRules: readonly GuardRule[] = [
	...new Map(
		[...general, ...vendorRules, ...tokenRules]
			.toReversed()
			.map((rule: Described) => [rule.id, rule]),
	).values(),
]
	.map(({ id, title, severity }) => ({
		id,
		title,
		category: "secret" as const,
		severity: severity ?? "high",
	}))
	.toReversed();
