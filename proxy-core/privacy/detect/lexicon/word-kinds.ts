/** What the lexicon knows about a word, one bit each. */
export const wordKind = {
	firstName: 1 << 0,
	lastName: 1 << 1,
	place: 1 << 2,
	country: 1 << 3,
	nationality: 1 << 4,
	organization: 1 << 5,
	/** Also written in lower case in ordinary texts. */
	common: 1 << 6,
	/** First word of a name of several words, or its first words joined. */
	opensPhrase: 1 << 7,
	honorific: 1 << 8,
	month: 1 << 9,
	street: 1 << 10,
	companySuffix: 1 << 11,
	/** Part of a building: apartment, suite, floor. */
	unit: 1 << 12,
	weekday: 1 << 13,
	/** Between the words of a name: de, van, bin. */
	particle: 1 << 14,
	/** Never a name of anything by itself. */
	grammar: 1 << 15,
	/** What people are: "manager", "nurse". */
	role: 1 << 16,
	direction: 1 << 17,
	/** Noun that follows the name of an organisation: bank, university. */
	institution: 1 << 18,
	/** Noun that follows or precedes the name of a place: river, lake, city. */
	landmark: 1 << 19,
	/** Last label of a domain name. */
	domain: 1 << 20,
} as const;
