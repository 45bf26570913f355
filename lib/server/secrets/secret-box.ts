import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { MasterKey } from "./master-key.ts";

/** Encrypts what must be stored but never shown. */
export interface SecretBox {
	/** `binding` names the place, such as `upstream:openai`; what was sealed for one place opens nowhere else. */
	readonly seal: (text: string, binding: string) => Uint8Array<ArrayBuffer>;
	/** Throws `SecretBoxError`: another master key, another place, or changed bytes. */
	readonly open: (sealed: Uint8Array, binding: string) => string;
}

export class SecretBoxError extends Error {
	override readonly name = "SecretBoxError";
}

/** Layout: version (1 byte), nonce (12), tag (16), ciphertext. */
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes + tagBytes;

/** AES-256-GCM with a random 96-bit nonce per message (NIST SP 800-38D, 8.2.2). */
export function createSecretBox(masterKey: MasterKey): SecretBox {
	const key = masterKey.subKey("secret-box");
	return {
		seal: (text, binding) => {
			const nonce = randomBytes(nonceBytes);
			const cipher = createCipheriv("aes-256-gcm", key, nonce);
			cipher.setAAD(context(binding));
			const body = [cipher.update(text, "utf8"), cipher.final()];
			const head = Uint8Array.of(version);
			return new Uint8Array(Buffer.concat([head, nonce, cipher.getAuthTag(), ...body]));
		},
		open: (sealed, binding) => {
			if (sealed.length < headBytes || sealed[0] !== version) {
				throw new SecretBoxError("The stored secret has an unknown format.");
			}
			const nonce = sealed.subarray(1, 1 + nonceBytes);
			const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
			decipher.setAAD(context(binding));
			decipher.setAuthTag(sealed.subarray(1 + nonceBytes, headBytes));
			try {
				const body = [decipher.update(sealed.subarray(headBytes)), decipher.final()];
				return Buffer.concat(body).toString("utf8");
			} catch (cause) {
				throw new SecretBoxError(
					"The stored secret cannot be opened: it was made with another master key, or changed.",
					{ cause },
				);
			}
		},
	};
}

function context(binding: string): Uint8Array {
	return Buffer.from(`llmproxy.secret.v${version}:${binding}`, "utf8");
}
