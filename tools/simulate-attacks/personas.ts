/** Who sends: an end user and a session of one of the given keys. */
export interface Persona {
	readonly endUser: string;
	readonly session: string;
	/** Of a block that is set aside for documentation; sent only when the server trusts the header. */
	readonly address: string;
	/** Whether it attacks at all. */
	readonly isHostile: boolean;
}

const harmless = 12;
const hostile = 5;

/** The same in every run: many people who work, and few who do not. */
export const personas: readonly Persona[] = [
	...Array.from({ length: harmless }, (_, index) => ({
		endUser: `demo-person-${index + 1}`,
		session: `demo-chat-${index + 1}`,
		address: `203.0.113.${index + 10}`,
		isHostile: false,
	})),
	...Array.from({ length: hostile }, (_, index) => ({
		endUser: `demo-attacker-${index + 1}`,
		session: `demo-probe-${index + 1}`,
		address: `198.51.100.${index + 66}`,
		isHostile: true,
	})),
];
