import * as z from "zod";
import type { SplitSettings } from "../providers/provider-kind-catalogue.ts";
import type { UpstreamRow } from "../repositories/upstreams.ts";
import type { SecretBox } from "../secrets/secret-box.ts";

const plainSchema = z.record(z.string(), z.unknown());
const secretsSchema = z.record(z.string(), z.string());

/** The sealed form of a provider's secrets, good for this provider only. Null: it has none. */
export function sealSecrets(
	box: SecretBox,
	upstreamId: string,
	secrets: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> | null {
	if (Object.keys(secrets).length === 0) return null;
	return box.seal(JSON.stringify(secrets), bindingOf(upstreamId));
}

/** Throws `SecretBoxError` when the master key is another one. */
export function openSettings(
	box: SecretBox,
	row: Pick<UpstreamRow, "id" | "settings" | "secrets">,
): SplitSettings {
	return {
		plain: plainSchema.parse(row.settings),
		secrets:
			row.secrets === null
				? {}
				: secretsSchema.parse(JSON.parse(box.open(row.secrets, bindingOf(row.id)))),
	};
}

function bindingOf(upstreamId: string): string {
	return `upstream:${upstreamId}`;
}
