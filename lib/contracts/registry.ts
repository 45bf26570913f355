import { exportAnalytics, getAnalytics } from "./analytics.ts";
import {
	archiveBudget,
	createBudget,
	getBudget,
	getBudgetBurn,
	listBudgetChanges,
	listBudgets,
	raiseBudget,
	updateBudget,
} from "./budgets.ts";
import type { Endpoint } from "./endpoint.ts";
import { listEndpoints, probeEndpoint, updateEndpoint } from "./endpoints.ts";
import { streamEvents } from "./events.ts";
import { createKey, listKeys, revokeKey, rotateKey, updateKey } from "./keys.ts";
import { listModelCallers, listModels } from "./models.ts";
import { getOverview } from "./overview.ts";
import { getPriceHistory, listPrices, revertPrice, setPrice } from "./prices.ts";
import {
	checkProvider,
	createProvider,
	deleteProvider,
	listProviderKinds,
	listProviders,
	scanProviders,
	testProvider,
	updateProvider,
} from "./providers.ts";
import { getRequest, listRequests } from "./requests.ts";
import { createRoute, deleteRoute, listRoutes, tryRoute, updateRoute } from "./routes.ts";
import {
	createFirstAdmin,
	getKillSwitch,
	getSession,
	getSettings,
	getSetup,
	playgroundChat,
	putSettings,
	setKillSwitch,
} from "./system.ts";
import { createTeam, createUser, listTeams, listUsers, updateUser } from "./users.ts";

/** Every admin endpoint there is. Tests walk it: each has a route, each route a permission. */
export const adminEndpoints = [
	getSession,
	getSetup,
	createFirstAdmin,
	getKillSwitch,
	setKillSwitch,
	getSettings,
	putSettings,
	listModels,
	listModelCallers,
	listPrices,
	getPriceHistory,
	setPrice,
	revertPrice,
	playgroundChat,
	streamEvents,
	listKeys,
	createKey,
	updateKey,
	rotateKey,
	revokeKey,
	listProviderKinds,
	listProviders,
	createProvider,
	updateProvider,
	deleteProvider,
	testProvider,
	checkProvider,
	scanProviders,
	listRoutes,
	createRoute,
	updateRoute,
	deleteRoute,
	tryRoute,
	listEndpoints,
	updateEndpoint,
	probeEndpoint,
	listBudgets,
	createBudget,
	getBudget,
	updateBudget,
	archiveBudget,
	raiseBudget,
	listBudgetChanges,
	getBudgetBurn,
	listRequests,
	getRequest,
	getOverview,
	getAnalytics,
	exportAnalytics,
	listUsers,
	createUser,
	updateUser,
	listTeams,
	createTeam,
] as const satisfies readonly Endpoint[];
