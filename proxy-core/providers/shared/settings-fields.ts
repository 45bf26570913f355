import * as z from "zod";
import "../../contract/meta.ts";

const schema = z
	.url({ protocol: /^https?$/, error: "Must be an http or https address." })
	.refine((value) => {
		const url = URL.parse(value);
		// `#` and `?` would cut off the path that the connector appends, and credentials belong in headers.
		return !/[?#\s\\]/.test(value) && url?.username === "" && url.password === "";
	}, "Must have no query, no fragment and no credentials.")
	.overwrite((value) => value.replace(/\/+$/, ""));

/** An upstream's base URL, without trailing slash after parsing. */
export const baseUrlField = schema.meta({
	title: "Base URL",
	description: "Where the provider's API begins; paths such as /chat/completions are appended.",
});

/** A credential that is sent as a header value: visible ASCII, surrounding white space dropped. */
export const apiKeyField = z
	.string()
	.trim()
	.regex(/^[\x21-\x7e]{1,4096}$/, "Must be visible ASCII characters without spaces.")
	.meta({ title: "API key", ui: { control: "secret" } });
