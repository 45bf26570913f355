import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "../../../../prisma/generated/client.ts";
import { createEgress } from "../../../../proxy-core/egress/egress.ts";
import {
	createPriceCatalogue,
	readShippedPrices,
} from "../../../../proxy-core/pricing/price-catalogue.ts";
import type { Role } from "../../../contracts/permissions.ts";
import type { Principal } from "../../auth/principal.ts";
import { openConfiguration } from "../../configuration/configuration-store.ts";
import { seedEnvironment } from "../../configuration/seed-environment.ts";
import { createTestDatabase } from "../../database/test-database.ts";
import { createEventBus } from "../../events/event-bus.ts";
import { createProviderKindCatalogue } from "../../providers/provider-kind-catalogue.ts";
import type { Runtime } from "../../runtime.ts";
import { installRuntime } from "../../runtime.ts";
import { createMasterKey } from "../../secrets/master-key.ts";
import { createSecretBox } from "../../secrets/secret-box.ts";
import { gatewayOver } from "./service-gateway.ts";

const quiet = () => {};
const log = { info: quiet, warn: quiet, error: quiet };

/** A database of its own with what services need around it, installed as the runtime. */
export async function startServiceRuntime() {
	const database = await createTestDatabase();
	const pool = new pg.Pool({ connectionString: database.url, max: 4 });
	// Tests cut connections, and dropping the database cuts the rest.
	pool.on("error", quiet);
	const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
	const secretBox = createSecretBox(createMasterKey(Buffer.alloc(32, 3)));
	const egress = createEgress({ allowedHosts: ["127.0.0.1"], connectTimeoutMs: 1000 });
	const prices = createPriceCatalogue(readShippedPrices());
	const environment = { apiKeys: [], providers: [], ollamaUrl: undefined };
	await seedEnvironment({ prisma, secretBox, environment, egress, log });
	const configuration = await openConfiguration({ prisma, secretBox, prices, log, node: "test" });
	const parts = {
		gateway: gatewayOver({ log, egress }, configuration),
		log,
		prisma,
		secretBox,
		egress,
		configuration,
		events: createEventBus(),
		journalBacklog: () => 0,
		node: "test",
		environment: { trustedProxies: ["192.0.2.1"] },
		snapshot: configuration.current,
		providerKinds: createProviderKindCatalogue({ egress }),
	};
	// Services read no other part of the runtime; a missing one fails loudly in the test that needs it.
	installRuntime(parts as unknown as Runtime);
	const addPerson = async (role: Role): Promise<Principal> => {
		const email = `${role}-${Math.random().toString(36).slice(2)}@example.com`;
		const { id } = await prisma.user.create({ data: { email, name: role, role } });
		return { userId: id, sessionId: "s", email, name: role, role };
	};
	return {
		...parts,
		pool,
		url: database.url,
		addPerson,
		stop: async () => {
			await prisma.$disconnect();
			await pool.end();
			await egress.close();
			await database.drop();
		},
	};
}

export type ServiceRuntime = Awaited<ReturnType<typeof startServiceRuntime>>;
