import type { Page } from "@playwright/test";

export interface WatchOptions {
	/** Answers of 400 and more that belong to the journey, as `<status> <path>`. */
	readonly expected?: RegExp;
}

/**
 * Whatever the browser complains about while the page is used: errors on its console (violations of
 * the content security policy are), exceptions, requests that fail and answers of 400 and more.
 */
export function watch(page: Page, { expected }: WatchOptions = {}): readonly string[] {
	const complaints: string[] = [];
	page.on("console", (message) => {
		if (message.type() !== "error") return;
		const { pathname } = URL.parse(message.location().url) ?? { pathname: "" };
		// The answer itself is judged below.
		if (message.text().startsWith("Failed to load resource") && pathname !== "") return;
		complaints.push(`console: ${message.text()}`);
	});
	page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
	page.on("response", (response) => {
		const told = `${response.status()} ${new URL(response.url()).pathname}`;
		if (response.status() >= 400 && expected?.test(told) !== true) complaints.push(told);
	});
	page.on("requestfailed", (request) => {
		const why = request.failure()?.errorText ?? "";
		// What a page still waits for is dropped when one leaves it; live events always are.
		if (why !== "net::ERR_ABORTED") complaints.push(`${why} ${request.url()}`);
	});
	return complaints;
}
