const stageTitles: Readonly<Record<string, string>> = {
	receive: "Receive",
	authenticate: "Authenticate",
	admit: "Admit",
	threats: "Threat ledger",
	rate: "Request rate",
	read: "Read the body",
	firewall: "Firewall",
	parse: "Parse",
	"threats:labels": "Threat ledger, users",
	authorise: "Authorise",
	shield: "Shield",
	trajectory: "Trajectory",
	"ring:ingress": "Ingress plugins",
	privacy: "Personal data",
	"ring:pre-flight": "Pre-flight plugins",
	limit: "Rate limits",
	budget: "Budgets",
	"ring:routing": "Routing plugins",
	route: "Route",
	recall: "Cache",
	dispatch: "Dispatch",
	"ring:post-flight": "Post-flight plugins",
	"post-flight": "Output guards",
	respond: "Respond",
};

/** The step's name for people; an unknown one, of a newer version, stays as it is. */
export function stageTitle(name: string): string {
	return stageTitles[name] ?? name;
}
