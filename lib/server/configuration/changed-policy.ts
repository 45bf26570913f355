import type { Snapshot } from "../../../proxy-core/snapshot.ts";
import { compileChecked } from "./effective-settings.ts";

/**
 * The snapshot as it would be with some sections of the settings replaced, guards one by one. Nothing is
 * stored. Throws `request.invalid` naming the field at fault.
 */
export async function changedPolicy(
	current: Snapshot,
	change: Readonly<Record<string, unknown>>,
): Promise<Snapshot> {
	const { guards } = change;
	const changedGuards =
		typeof guards === "object" && guards !== null
			? { guards: { ...current.settings.guards, ...guards } }
			: {};
	return {
		...current,
		...(await compileChecked(
			{ ...current.settings, ...change, ...changedGuards },
			current.firewall,
		)),
	};
}
