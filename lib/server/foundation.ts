import type { Log } from "../../proxy-core/ports.ts";
import type { ClassifierLink } from "./classifier/share-classifier.ts";
import type { Database } from "./database/open-database.ts";
import type { Environment } from "./env.ts";
import type { openMasterKey } from "./secrets/master-key.ts";
import type { PrimaryLink } from "./workers/primary-link.ts";
import type { Workers } from "./workers/workers.ts";

/** What is there before anything is opened on it. */
export interface Foundation {
	readonly projectDir: string;
	readonly environment: Environment;
	readonly version: string;
	readonly log: Log;
	readonly masterKey: ReturnType<typeof openMasterKey>;
	readonly database: Database;
	/** Set in the primary of several processes. */
	readonly workers: Workers | undefined;
	/** Set in a worker. */
	readonly primary: PrimaryLink | undefined;
	/** Undefined when none is configured. */
	readonly classifier: ClassifierLink | undefined;
}
