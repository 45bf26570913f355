import { createPrivateKey } from "node:crypto";
import { readObject, readText } from "../shared/read-json.ts";

/** What is needed of the key file that Google Cloud makes for a service account. */
export interface ServiceAccount {
	readonly email: string;
	/** PEM, PKCS #8. */
	readonly privateKey: string;
	readonly keyId: string | undefined;
	readonly project: string | undefined;
}

/** Undefined when `text` is no such file, or its key is no RSA key. */
export function parseServiceAccount(text: string): ServiceAccount | undefined {
	const file = readFile(text);
	const email = readText(file?.client_email);
	const privateKey = readText(file?.private_key);
	if (email === undefined || privateKey === undefined || !isRsaKey(privateKey)) return undefined;
	return {
		email,
		privateKey,
		keyId: readText(file?.private_key_id),
		project: readText(file?.project_id),
	};
}

function readFile(text: string) {
	try {
		return readObject<"client_email" | "private_key" | "private_key_id" | "project_id">(
			JSON.parse(text),
		);
	} catch {
		return undefined;
	}
}

function isRsaKey(pem: string): boolean {
	try {
		return pem.includes("BEGIN PRIVATE KEY") && createPrivateKey(pem).asymmetricKeyType === "rsa";
	} catch {
		return false;
	}
}
