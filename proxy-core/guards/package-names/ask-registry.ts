import type { GuardServices } from "../guard-services.ts";
import type { Ecosystem } from "./read-mentions.ts";

export interface RegistryAddress {
	readonly ecosystem: Ecosystem;
	/** With `{name}`, or `{group}` and `{artifact}`, where those go. */
	readonly url: string;
}

export interface RegistryDesk {
	/** False only when the registry says that there is no such package; whatever else goes wrong is no proof. */
	readonly mayExist: (
		services: GuardServices,
		ecosystem: Ecosystem,
		name: string,
	) => boolean | Promise<boolean>;
}

const rememberedMax = 4096;
const rememberedMs = 3_600_000;
/** Some registries answer with every version there is; the status is all that counts. */
const answerBytesMax = 4_194_304;

/** Remembers what registries said for an hour; what could not be found out is asked again. */
export function createRegistryDesk(
	addresses: readonly RegistryAddress[],
	timeoutMs: number,
): RegistryDesk {
	const remembered = new Map<string, { readonly exists: boolean; readonly untilMs: number }>();
	const asking = new Map<string, Promise<boolean>>();
	const remember = (key: string, exists: boolean, untilMs: number): void => {
		remembered.delete(key);
		remembered.set(key, { exists, untilMs });
		if (remembered.size <= rememberedMax) return;
		for (const oldest of remembered.keys()) {
			remembered.delete(oldest);
			break;
		}
	};
	const ask = async (services: GuardServices, url: string, key: string): Promise<boolean> => {
		try {
			const { status } = await services.fetch({ url, timeoutMs, bodyBytesMax: answerBytesMax });
			if (status !== 200 && status !== 404 && status !== 410) return true;
			remember(key, status === 200, services.now() + rememberedMs);
			return status === 200;
		} catch {
			return true;
		} finally {
			asking.delete(key);
		}
	};
	return {
		mayExist: (services, ecosystem, name) => {
			const address = addresses.find((entry) => entry.ecosystem === ecosystem);
			if (address === undefined) return true;
			const key = `${ecosystem} ${name}`;
			const known = remembered.get(key);
			if (known !== undefined && known.untilMs > services.now()) return known.exists;
			const running = asking.get(key);
			if (running !== undefined) return running;
			const started = ask(services, filled(address, name), key);
			asking.set(key, started);
			return started;
		},
	};
}

function filled({ ecosystem, url }: RegistryAddress, name: string): string {
	const [group = "", artifact = ""] = name.split(":");
	// Capital letters of a Go module are written `!a` in addresses.
	const path =
		ecosystem === "go"
			? name
					.split("/")
					.map(encodeURIComponent)
					.join("/")
					.replaceAll(/[A-Z]/g, (big) => `!${big.toLowerCase()}`)
			: ecosystem === "composer"
				? name.split("/").map(encodeURIComponent).join("/")
				: encodeURIComponent(ecosystem === "nuget" ? name.toLowerCase() : name);
	return url
		.replaceAll("{name}", path)
		.replaceAll("{group}", group.split(".").map(encodeURIComponent).join("/"))
		.replaceAll("{artifact}", encodeURIComponent(artifact));
}
