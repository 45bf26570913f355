import type { Recording } from "../../../prisma/generated/client.ts";
import type { EndpointId } from "../../../proxy-core/contract/settled-record.ts";
import type { InspectionInput } from "../../../proxy-core/inspection/inspect-request.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { recordingBinding } from "./recorder.ts";

/** A recording as it can be judged again. Throws `SecretBoxError` when it was made with another master key. */
export function openRecording(
	{ requestId, endpoint, sealed, keyId, teamId, ownerId, userId }: Recording,
	secretBox: SecretBox,
): Pick<InspectionInput, "requestId" | "endpoint" | "body" | "caller"> {
	return {
		requestId,
		// Written by this gateway, whose endpoints have these ids.
		endpoint: endpoint as EndpointId,
		body: Buffer.from(secretBox.open(sealed, recordingBinding(requestId))),
		caller:
			keyId === null
				? { kind: "console", userId: userId ?? "" }
				: {
						kind: "key",
						...{ keyId, teamId, ownerId },
						...{ allowedModels: [], allowedEndpoints: [], requestsPerMinute: null },
					},
	};
}
