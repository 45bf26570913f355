export const roles = ["admin", "operator", "user", "viewer"] as const;
export type Role = (typeof roles)[number];

/** Which roles hold a permission. The reference page and the role test are made from this table. */
export const permissionMatrix = {
	"proxy:use": ["admin", "operator", "user"],
	"proxy:toggle": ["admin", "operator"],
	"proxy:config": ["admin"],
	"registry:read": ["admin", "operator", "user", "viewer"],
	"registry:write": ["admin", "operator"],
	"registry:delete": ["admin"],
	"chat:use": ["admin", "operator", "user"],
	"chat:compare": ["admin", "operator"],
	"logs:read": ["admin", "operator", "user", "viewer"],
	"logs:clear": ["admin", "operator"],
	"plugins:manage": ["admin", "operator"],
	"features:toggle": ["admin", "operator"],
	"users:manage": ["admin"],
	"budget:manage": ["admin"],
	/** See and make keys of one's own; everybody's with `keys:manage`. */
	"keys:own": ["admin", "operator", "user"],
	"keys:manage": ["admin", "operator"],
	/** Guards, signatures, privacy: how they are set, and trying texts on them. */
	"guards:read": ["admin", "operator", "viewer"],
	"guards:write": ["admin", "operator"],
	/** Threat events of requests that one may see. */
	"threats:read": ["admin", "operator", "user", "viewer"],
	/** Incidents and bans: see, decide and lift. */
	"threats:act": ["admin", "operator"],
} as const satisfies Record<`${string}:${string}`, readonly Role[]>;

export type Permission = keyof typeof permissionMatrix;

export const permissions = Object.keys(permissionMatrix) as readonly Permission[];

export function roleHolds(role: Role, permission: Permission): boolean {
	return (permissionMatrix[permission] as readonly Role[]).includes(role);
}

export function permissionsOf(role: Role): readonly Permission[] {
	return permissions.filter((permission) => roleHolds(role, permission));
}
