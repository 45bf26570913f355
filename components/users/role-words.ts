import type { Permission, Role } from "../../lib/contracts/permissions.ts";

/** What each role is for, in one sentence. */
export const roleWords: Readonly<Record<Role, { readonly label: string; readonly says: string }>> =
	{
		admin: {
			label: "Admin",
			says: "Does everything: people, budgets, settings, removing providers.",
		},
		operator: {
			label: "Operator",
			says: "Runs the gateway: everybody’s keys, providers, plugins, the kill switch.",
		},
		user: {
			label: "User",
			says: "Calls models with keys of their own and sees their own requests.",
		},
		viewer: {
			label: "Viewer",
			says: "Looks at requests, models and settings and changes nothing.",
		},
	};

export const permissionWords: Readonly<Record<Permission, string>> = {
	"proxy:use": "Call models through the gateway",
	"proxy:toggle": "Stop and resume all model traffic",
	"proxy:config": "Change the settings",
	"registry:read": "See providers, models and settings",
	"registry:write": "Add and change providers",
	"registry:delete": "Remove providers",
	"chat:use": "Use the playground",
	"chat:compare": "Compare models side by side",
	"logs:read": "See requests",
	"logs:clear": "Clear logs",
	"plugins:manage": "Manage plugins",
	"features:toggle": "Switch features on and off",
	"users:manage": "Manage people and roles",
	"budget:manage": "Manage budgets",
	"keys:own": "Make and manage keys of their own",
	"keys:manage": "Manage everybody’s keys, and teams",
	"guards:read": "See guards, signatures and privacy rules",
	"guards:write": "Change guards, signatures and privacy rules",
	"threats:read": "See threat events",
	"threats:act": "Work on incidents, ban and lift bans",
};
