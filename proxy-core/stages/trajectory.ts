import type { EndpointId, FindingRecord } from "../contract/settled-record.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import { tenantOf } from "../guards/request-view.ts";
import type { Identified, Parsed, Received, Shielded, Watched } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import type { Escalating, Trajectory } from "../shield/trajectory/trajectory.ts";
import { createTrajectory } from "../shield/trajectory/trajectory.ts";

type Needs = Received & Identified & Watched & Parsed & Shielded;

const rule = "escalation";

/** Judges what a conversation is leading up to, with the risks that the shield found in its texts. */
export function trajectory(): Stage<Needs, object> {
	return following(createTrajectory());
}

/** The same for a request by itself: what its own history leads up to, and nothing is remembered of it. */
export function rehearsedTrajectory(): Stage<Needs, object> {
	return {
		name: "trajectory",
		run: (context) =>
			conversations.has(context.endpoint)
				? following(createTrajectory(rehearsedMax)).run(context)
				: {},
	};
}

const rehearsedMax = 4;
const conversations: ReadonlySet<EndpointId> = new Set([
	"chat.completions",
	"completions",
	"responses",
	"messages",
]);

function following(followed: Trajectory): Stage<Needs, object> {
	return {
		name: "trajectory",
		run: (context) => {
			const { snapshot, caller, labels, request, risks, receivedAt: at } = context;
			const settings = snapshot.settings.shield.trajectory;
			if (settings.mode === "off" || risks.length === 0) return {};
			const { segments } = request;
			const { session } = labels;
			const tenant = tenantOf(caller);
			const step = followed.follow({ tenant, session, segments, risks, at }, settings);
			if (step === undefined || step.score < settings.flagAt) return {};
			const isBlocked = step.score >= settings.blockAt;
			const action = isBlocked && settings.mode === "enforce" ? "block" : "flag";
			context.trace.decided(action, [findingOf(context, step, isBlocked)]);
			if (action === "flag") return {};
			throw new GatewayError("guard.blocked", {
				message: `Blocked by rule ${rule} (incident ${context.requestId}).`,
				rule,
			});
		},
	};
}

function findingOf(
	{ request, snapshot }: Readonly<Needs>,
	{ score, segment: index }: Escalating,
	isBlocked: boolean,
): FindingRecord {
	const { mode, blockAt } = snapshot.settings.shield.trajectory;
	const segment = request.segments[index];
	const isMonitored = isBlocked && mode !== "enforce";
	return {
		guard: "trajectory",
		rule,
		category: "escalation",
		severity: isBlocked ? "high" : "medium",
		action: isBlocked && !isMonitored ? "block" : "flag",
		...(isMonitored ? { wouldBe: "block" as const } : {}),
		source: segment?.source ?? "user",
		segment: index,
		start: 0,
		end: segment?.text.length ?? 0,
		score: Math.min(1, Math.round((score / blockAt) * 1000) / 1000),
	};
}
