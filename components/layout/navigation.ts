import type { LucideIcon } from "lucide-react";
import {
	Ban,
	Blocks,
	Boxes,
	ChartColumnStacked,
	Fingerprint,
	FlaskConical,
	Gauge,
	KeyRound,
	ListTree,
	MessageSquareCode,
	Radar,
	Route,
	Server,
	Settings2,
	ShieldCheck,
	Siren,
	Users,
	VenetianMask,
	Wallet,
} from "lucide-react";
import type { Permission } from "../../lib/contracts/permissions.ts";

export interface NavigationItem {
	readonly href: `/${string}`;
	readonly label: string;
	readonly icon: LucideIcon;
	/** People without it do not see the item. */
	readonly needs: Permission;
	/** Whether the page follows the console's time range. */
	readonly usesRange?: boolean;
	/** Other words by which people look for it in the palette. */
	readonly alsoCalled: readonly string[];
}

export interface NavigationGroup {
	/** Null stands before the groups, without a heading. */
	readonly label: string | null;
	readonly items: readonly NavigationItem[];
}

/** Every page of the console, in the order of the rail. */
export const navigation: readonly NavigationGroup[] = [
	{
		label: null,
		items: [
			{
				href: "/overview",
				label: "Overview",
				icon: Gauge,
				needs: "logs:read",
				usesRange: true,
				alsoCalled: ["dashboard", "spend", "latency", "errors", "home"],
			},
		],
	},
	{
		label: "Security",
		items: [
			{
				href: "/threats",
				label: "Threats",
				icon: Radar,
				needs: "threats:read",
				usesRange: true,
				alsoCalled: ["attacks", "attackers", "findings", "security events", "SOC"],
			},
			{
				href: "/triage",
				label: "Triage",
				icon: Siren,
				needs: "threats:act",
				alsoCalled: ["incidents", "alerts", "queue", "acknowledge", "false alarms"],
			},
			{
				href: "/guards",
				label: "Guards",
				icon: ShieldCheck,
				needs: "guards:read",
				alsoCalled: [
					"rules",
					"policy",
					"monitor mode",
					"thresholds",
					"exceptions",
					"prompt injection",
				],
			},
			{
				href: "/rule-tester",
				label: "Rule tester",
				icon: FlaskConical,
				needs: "guards:read",
				alsoCalled: ["try a text", "what if", "replay", "recorded requests", "compare policies"],
			},
			{
				href: "/signatures",
				label: "Signatures",
				icon: Fingerprint,
				needs: "guards:read",
				alsoCalled: ["firewall", "literals", "patterns", "block list", "size limits", "dry run"],
			},
			{
				href: "/privacy",
				label: "Privacy",
				icon: VenetianMask,
				needs: "guards:read",
				alsoCalled: ["personal data", "PII", "masking", "Presidio", "GDPR", "anonymise"],
			},
			{
				href: "/bans",
				label: "Bans",
				icon: Ban,
				needs: "threats:act",
				alsoCalled: ["block an address", "blacklist", "allow-list", "watch list", "unban"],
			},
			{
				href: "/requests",
				label: "Requests",
				icon: ListTree,
				needs: "logs:read",
				usesRange: true,
				alsoCalled: ["logs", "traffic", "trace", "blocked"],
			},
			{
				href: "/keys",
				label: "Keys",
				icon: KeyRound,
				needs: "keys:own",
				alsoCalled: ["tokens", "credentials", "API keys"],
			},
		],
	},
	{
		label: "Intelligence",
		items: [
			{
				href: "/playground",
				label: "Playground",
				icon: MessageSquareCode,
				needs: "chat:use",
				alsoCalled: ["chat", "try", "test a model"],
			},
			{
				href: "/models",
				label: "Models",
				icon: Boxes,
				needs: "registry:read",
				alsoCalled: ["prices", "price list", "catalogue", "context window", "capabilities"],
			},
			{
				href: "/routes",
				label: "Routes",
				icon: Route,
				needs: "registry:read",
				alsoCalled: ["aliases", "groups", "fallbacks", "load balancing", "try a route"],
			},
			{
				href: "/endpoints",
				label: "Endpoints",
				icon: Server,
				needs: "registry:read",
				alsoCalled: ["targets", "health", "circuit breaker", "probe", "latency", "timeouts"],
			},
			{
				href: "/providers",
				label: "Providers",
				icon: Blocks,
				needs: "registry:read",
				alsoCalled: ["upstreams", "credentials", "health"],
			},
		],
	},
	{
		label: "Cost",
		items: [
			{
				href: "/budgets",
				label: "Budgets",
				icon: Wallet,
				needs: "logs:read",
				alsoCalled: ["limits", "quotas", "spend", "money", "forecast", "rate limits"],
			},
			{
				href: "/analytics",
				label: "Analytics",
				icon: ChartColumnStacked,
				needs: "logs:read",
				usesRange: true,
				alsoCalled: ["usage", "cost", "tokens", "reports", "who spends", "export", "trends"],
			},
		],
	},
	{
		label: "Operations",
		items: [
			{
				href: "/users",
				label: "Users",
				icon: Users,
				needs: "users:manage",
				alsoCalled: ["people", "roles", "access"],
			},
			{
				href: "/settings",
				label: "Settings",
				icon: Settings2,
				needs: "registry:read",
				alsoCalled: ["limits", "timeouts", "configuration"],
			},
		],
	},
];

/** The rail for somebody with these permissions; groups without a page are left out. */
export function navigationFor(permissions: readonly Permission[]): readonly NavigationGroup[] {
	return navigation
		.map((group) => ({
			...group,
			items: group.items.filter((item) => permissions.includes(item.needs)),
		}))
		.filter((group) => group.items.length > 0);
}

export interface Place {
	readonly group: NavigationGroup;
	readonly item: NavigationItem;
	/** False on a page below the item's own, such as one request. */
	readonly isExact: boolean;
}

/** Where an address lies in the console. */
export function placeOf(pathname: string): Place | undefined {
	for (const group of navigation) {
		for (const item of group.items) {
			const isExact = pathname === item.href;
			if (isExact || pathname.startsWith(`${item.href}/`)) return { group, item, isExact };
		}
	}
	return undefined;
}
