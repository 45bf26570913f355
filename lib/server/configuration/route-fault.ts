import type { RouteInput } from "../../contracts/routes.ts";

/** What a route's fields cannot say one by one: a `*` in an entry needs one in the name. */
export function routeFault(
	input: Pick<RouteInput, "name" | "entries">,
): { readonly param: string; readonly message: string } | undefined {
	if (isPattern(input.name)) return undefined;
	const index = input.entries.findIndex(({ target }) => isPattern(target));
	if (index === -1) return undefined;
	return {
		param: `entries.${index}.target`,
		message:
			"A * in an entry stands for what the * of the route's name matched; the name has none.",
	};
}

/** Whether a route's name stands for many names. */
export function isPattern(name: string): boolean {
	return name.includes("*");
}
