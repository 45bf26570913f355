/** Prompts that the mocks answer in a known way; each check sends one of these. */
export const prompts = {
	hello: "Say hello to the conformance suite",
	long: "Tell a long story in many pieces",
	short: "Stop in the middle because the limit is reached",
	slow: "Tell a story very slowly",
	cut: "Break off in the middle",
	weather: "What is the weather in Paris",
	twoWeathers: "Compare the weather in Paris and Tokyo",
	afterTool: "Look it up and then tell me",
	afterTools: "Look both cities up and then compare them",
	extract: "Extract the person as JSON",
	picture: "What is in this picture",
	think: "Think before you answer",
	badRequest: "Make the upstream refuse this with 400",
	overloaded: "Make the upstream fail with 500",
	limited: "Make the upstream limit this with 429",
	garbled: "Answer with something that is not JSON",
	flaky: "Fail once and then answer, attempt series",
	task: "Write the greeting file",
} as const;

export const answers = {
	hello: "Hello from the upstream.",
	long: "Once upon a time there was a gateway that counted every word, twice, and never lost one of them.",
	short: "This is where it",
	slow: "slow ".repeat(40).trim(),
	cut: "This answer will not be complete because the connection breaks before its end comes.",
	afterTool: "It is 21 degrees in Paris.",
	afterTools: "Paris has 21 degrees and Tokyo 17.",
	extract: { name: "Ada", age: 36 },
	picture: "A single red pixel.",
	think: "The answer is 42.",
	thought: "Six times seven is forty-two.",
	flaky: "It worked the second time.",
	task: "The file is written.",
} as const;

/** What `hello` counts. */
export const helloTokens = { input: 11, output: 7 } as const;

/** The proof under a block of thinking, as long as real ones are at least. */
export const signature = Buffer.from("proof of thinking ".repeat(6)).toString("base64");

export const redPixel =
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

/** JSON Schema of `answers.extract`. */
export const personSchema = {
	type: "object",
	properties: { name: { type: "string" }, age: { type: "integer" } },
	required: ["name", "age"],
	additionalProperties: false,
} as const;

/** JSON Schema of the arguments of `get_weather`. */
export const citySchema = {
	type: "object",
	properties: { city: { type: "string" } },
	required: ["city"],
	additionalProperties: false,
} as const;

export const weatherTool = { name: "get_weather", description: "The weather in a city" } as const;

/** What `get_weather` says about a city, as the caller's program. */
export function weatherIn(city: string): { readonly celsius: number } {
	return { celsius: city === "Paris" ? 21 : 17 };
}

/** The file that the coding agent is told to write. */
export const greeting = { file: "greeting.txt", content: "Hello from the gateway" } as const;
