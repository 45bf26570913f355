import type * as z from "zod";
import { personalDataTypes } from "../../../proxy-core/contract/personal-data.ts";
import { stageTrace } from "../../../proxy-core/contract/settled-record.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type {
	Inspection,
	InspectionInput,
} from "../../../proxy-core/inspection/inspect-request.ts";
import type { Caller } from "../../../proxy-core/pipeline/context.ts";
import type { Snapshot } from "../../../proxy-core/snapshot.ts";
import type { InspectionView, inspect, replay } from "../../contracts/inspections.ts";
import { roleHolds } from "../../contracts/permissions.ts";
import type { Principal } from "../auth/principal.ts";
import { openRecording } from "../recordings/open-recording.ts";
import { replayRecordings } from "../recordings/replay-recordings.ts";
import * as recordings from "../repositories/recordings.ts";
import { runtime } from "../runtime.ts";

interface InspectInput {
	readonly body: z.output<typeof inspect.body>;
	readonly principal: Principal;
	readonly request: Request;
}
interface ReplayInput {
	readonly body: z.output<typeof replay.body>;
	readonly principal: Principal;
	readonly request: Request;
}

export const inspectionsService = {
	/** Throws `request.invalid`, `resource.not_found` for a recording, `access.permission_missing`. */
	inspect: async ({ body, principal, request }: InspectInput) => {
		const { gateway, snapshot, configuration } = runtime();
		const judged = await subjectOf(body, principal);
		const { answer } = body;
		const under = async (policy: Snapshot) => {
			const inspection = await gateway.inspect({
				...judged,
				snapshot: policy,
				withViews: true,
				signal: request.signal,
				...(answer === undefined ? {} : { answer }),
			});
			return toView(inspection, policy);
		};
		const { change } = body;
		return {
			current: await under(snapshot()),
			changed: change === undefined ? null : await under(await configuration.changedPolicy(change)),
		};
	},

	/** Throws `request.invalid` for a policy that cannot be put in force. */
	replay: async ({ body, principal, request }: ReplayInput) => {
		const { log } = runtime();
		const result = await replayRecordings({ ...body, signal: request.signal });
		log.info("A policy was replayed.", { by: principal.userId, requests: result.replayed });
		return result;
	},

	recordings: async () => {
		const { prisma, snapshot } = runtime();
		const { count, oldest } = await recordings.countRecordings(prisma);
		return {
			...snapshot().settings.recording,
			count,
			oldest: oldest?.toISOString() ?? null,
		};
	},
};

type Subject = Pick<InspectionInput, "requestId" | "endpoint" | "body" | "caller">;

async function subjectOf(
	{ text, source, body, endpoint, requestId, keyId }: InspectInput["body"],
	principal: Principal,
): Promise<Subject> {
	const given = [text, body, requestId].filter((one) => one !== undefined);
	if (given.length !== 1) {
		throw new GatewayError("request.invalid", {
			message: "Give one of `text`, `body` and `requestId`.",
		});
	}
	if (requestId !== undefined) return recorded(requestId, principal);
	const json = body ?? JSON.stringify(requestWith(text ?? "", source));
	return {
		requestId: "inspection",
		endpoint,
		body: Buffer.from(json),
		caller: callerOf(keyId, principal),
	};
}

/** What others said is shown only to those who may change how it is judged. */
async function recorded(requestId: string, principal: Principal): Promise<Subject> {
	if (!roleHolds(principal.role, "guards:write")) {
		throw new GatewayError("access.permission_missing", {
			message: "Recorded requests can be opened by those who may change guards.",
		});
	}
	const { prisma, secretBox } = runtime();
	const row = await recordings.findRecording(prisma, requestId);
	if (row === null) {
		throw new GatewayError("resource.not_found", {
			message: "This request was not recorded, or its recording has been deleted.",
		});
	}
	return openRecording(row, secretBox);
}

function callerOf(keyId: string | undefined, { userId }: Principal): Caller {
	if (keyId === undefined) return { kind: "console", userId };
	const key = runtime().snapshot().keys.get(keyId);
	if (key === undefined) {
		throw new GatewayError("request.invalid", { param: "keyId", message: "No such key." });
	}
	const { ownerId, teamId, allowedModels, allowedEndpoints, requestsPerMinute } = key;
	const may = { allowedModels, allowedEndpoints, requestsPerMinute };
	return { kind: "key", keyId, ownerId, teamId, ...may };
}

type Source = InspectInput["body"]["source"];

/** The smallest conversation in which a text stands where it is said to stand. */
function requestWith(text: string, source: Source): object {
	const ask = { role: "user", content: "What does it say?" };
	const messages: Readonly<Record<Source, readonly object[]>> = {
		user: [{ role: "user", content: text }],
		system: [{ role: "system", content: text }, ask],
		assistant: [ask, { role: "assistant", content: text }, ask],
		"tool-result": [
			ask,
			{
				role: "assistant",
				content: null,
				tool_calls: [
					{ id: "call_1", type: "function", function: { name: "read", arguments: "{}" } },
				],
			},
			{ role: "tool", tool_call_id: "call_1", content: text },
		],
	};
	return { model: "any", messages: messages[source] };
}

function toView(inspection: Inspection, policy: Snapshot): InspectionView {
	const titles = titlesIn(policy);
	return {
		action: inspection.action,
		refusal: inspection.refusal ?? null,
		durationUs: inspection.durationUs,
		stages: inspection.stages.map(stageTrace),
		findings: inspection.findings.map((finding) => ({
			...finding,
			title: titles.get(finding.rule) ?? finding.rule,
			segment: finding.segment ?? null,
		})),
		segments: inspection.segments.map(({ source, text, edited, risk, views }) => ({
			...{ source, text, edited },
			risk: risk ?? null,
			views: views.map((view) => ({ text: view.text, encodings: [...view.encodings] })),
		})),
		answer: inspection.answer ?? null,
	};
}

function titlesIn({ guards, firewall }: Snapshot): ReadonlyMap<string, string> {
	return new Map([
		...personalDataTypes.map(({ id, title }) => [id, title] as const),
		...firewall.matcher.signatures.map(({ id, title }) => [id, title] as const),
		...guards.flatMap(({ rules }) => [...rules].map(([id, { title }]) => [id, title] as const)),
	]);
}
