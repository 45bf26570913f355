import type { Target } from "../../../proxy-core/snapshot.ts";
import { ownTimeouts } from "../../contracts/endpoints.ts";
import type { TargetSettingRow } from "../repositories/target-settings.ts";
import type { ConfigurationProblem, Targets } from "./build-targets.ts";

/** Targets as operators set them: without the disabled ones, with their own priority and timeouts. */
export function applyTargetSettings(built: Targets, rows: readonly TargetSettingRow[]): Targets {
	if (rows.length === 0) return built;
	const settings = new Map(rows.map((row) => [row.target, row]));
	const problems: ConfigurationProblem[] = [];
	const targets = new Map<string, Target>();
	for (const target of built.targets.values()) {
		const row = settings.get(target.id);
		if (row === undefined) targets.set(target.id, target);
		else if (row.isEnabled) targets.set(target.id, withSettings(target, row, problems));
	}
	return {
		targets,
		targetsByModel: Map.groupBy(targets.values(), (target) => target.model),
		problems: [...built.problems, ...problems],
	};
}

function withSettings(
	target: Target,
	row: TargetSettingRow,
	problems: ConfigurationProblem[],
): Target {
	const { priority } = row;
	const own = ownTimeouts.safeParse(row.timeouts);
	if (!own.success) {
		problems.push({
			place: `target:${target.id}`,
			message: "Its own timeouts cannot be read; the installation's are used.",
		});
		return { ...target, priority };
	}
	const set = Object.entries(own.data).filter(([, value]) => value !== null);
	if (set.length === 0) return { ...target, priority };
	return { ...target, priority, timeouts: { ...target.timeouts, ...Object.fromEntries(set) } };
}
