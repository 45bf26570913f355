import type { Endpoint } from "./endpoint.ts";
import { streamEvents } from "./events.ts";
import { createKey, listKeys, revokeKey, rotateKey, updateKey } from "./keys.ts";
import { getOverview } from "./overview.ts";
import {
	checkProvider,
	createProvider,
	deleteProvider,
	listProviderKinds,
	listProviders,
	testProvider,
	updateProvider,
} from "./providers.ts";
import { getRequest, listRequests } from "./requests.ts";
import {
	createFirstAdmin,
	getKillSwitch,
	getSession,
	getSettings,
	getSetup,
	listModels,
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
	listRequests,
	getRequest,
	getOverview,
	listUsers,
	createUser,
	updateUser,
	listTeams,
	createTeam,
] as const satisfies readonly Endpoint[];
