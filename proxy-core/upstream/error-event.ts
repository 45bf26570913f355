import type { ChatEvent, Frame } from "../contract/chat.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import { redactSecrets } from "../guards/secret-leak/redact-secrets.ts";
import { withoutSecrets } from "../providers/shared/read-fault.ts";
import type { Target } from "../snapshot.ts";
import { eventFaultKind } from "./fault-kind.ts";

type ErrorEvent = Extract<ChatEvent, { type: "error" }>;

/** An upstream's error inside a stream, as ours; its message without any credential. */
export function errorOfEvent(event: ErrorEvent, { connector }: Target): GatewayError {
	const message = redactSecrets(withoutSecrets(event.message, connector.secrets));
	const kind = eventFaultKind(event.message, event.code) ?? "upstream.failed";
	return new GatewayError(kind, { message });
}

/** Throws what the provider reported inside an answer that had begun with status 200. */
export function throwErrorEvent(frames: readonly Frame[], target: Target): void {
	for (const { events } of frames) {
		const error = events.find((event): event is ErrorEvent => event.type === "error");
		if (error !== undefined) throw errorOfEvent(error, target);
	}
}
