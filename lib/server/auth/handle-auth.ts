import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { runtime } from "../runtime.ts";
import { nextAuthOptions } from "./next-auth-options.ts";

interface AuthContext {
	readonly params: Promise<{ nextauth: string[] }>;
}

/** next-auth's endpoints. Built per request: the options need the running system. */
export async function handleAuth(request: NextRequest, context: AuthContext): Promise<Response> {
	const response: Response = await NextAuth(request, context, nextAuthOptions(runtime()));
	response.headers.set("cache-control", "no-store");
	return response;
}
