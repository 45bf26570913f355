import { headers } from "next/headers";
import { runtime } from "../runtime.ts";
import { authenticate } from "./authenticate.ts";
import type { Principal } from "./principal.ts";

/** Who looks at the page that is being rendered. */
export async function currentPrincipal(): Promise<Principal | undefined> {
	return authenticate(await headers(), runtime());
}
