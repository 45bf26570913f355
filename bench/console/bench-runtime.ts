import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { Principal } from "../../lib/server/auth/principal.ts";
import { openConfiguration } from "../../lib/server/configuration/configuration-store.ts";
import type { Runtime } from "../../lib/server/runtime.ts";
import { installRuntime } from "../../lib/server/runtime.ts";
import { createMasterKey } from "../../lib/server/secrets/master-key.ts";
import { createSecretBox } from "../../lib/server/secrets/secret-box.ts";
import { PrismaClient } from "../../prisma/generated/client.ts";
import {
	createPriceCatalogue,
	readShippedPrices,
} from "../../proxy-core/pricing/price-catalogue.ts";

const quiet = () => {};
const log = { info: quiet, warn: quiet, error: quiet };

/** What the measured services need around them, installed as the runtime of this process. */
export async function startBenchRuntime(url: string) {
	const pool = new pg.Pool({ connectionString: url, max: 10 });
	// Connections that were ending when the server stopped say so.
	pool.on("error", quiet);
	const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
	const secretBox = createSecretBox(createMasterKey(Buffer.alloc(32, 3)));
	const prices = createPriceCatalogue(readShippedPrices());
	const configuration = await openConfiguration({ prisma, secretBox, prices, log, node: "bench" });
	const parts = {
		log,
		environment: { trustedProxies: [] },
		prisma,
		secretBox,
		configuration,
		journalBacklog: () => 0,
		snapshot: configuration.current,
	};
	// The measured services read no other part; a missing one fails loudly.
	installRuntime(parts as unknown as Runtime);
	return {
		pool,
		principalOf: async (role: "admin" | "user"): Promise<Principal> => {
			const { id, email, name } = await prisma.user.findFirstOrThrow({ where: { role } });
			return { userId: id, sessionId: "bench", email, name, role };
		},
		stop: async () => {
			await prisma.$disconnect();
			await pool.end();
		},
	};
}
