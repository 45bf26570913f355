import { hash, verify } from "@node-rs/argon2";

export interface Passwords {
	/** argon2id in PHC notation, salt included. */
	readonly hash: (password: string) => Promise<string>;
	/**
	 * Without a hash (nobody has this e-mail address, or no password) the same work is done in vain,
	 * so that the time taken does not tell whether an account exists.
	 */
	readonly verify: (password: string, passwordHash: string | null) => Promise<boolean>;
}

/**
 * The minimum of OWASP's Password Storage Cheat Sheet for argon2id: 19 MiB, two passes, one lane.
 * `algorithm` is left out because the library's default is argon2id; its enum exists in types only.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

export async function createPasswords(): Promise<Passwords> {
	const decoy = await hash(crypto.randomUUID(), cost);
	return {
		hash: (password) => hash(normalise(password), cost),
		verify: async (password, passwordHash) => {
			const isRight = await verify(passwordHash ?? decoy, normalise(password));
			return isRight && passwordHash !== null;
		},
	};
}

/** The same characters typed on different keyboards come as different code points. */
function normalise(password: string): string {
	return password.normalize("NFKC");
}
