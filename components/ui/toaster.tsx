"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner, toast } from "sonner";
import { describeProblem } from "../../lib/client/problem.ts";

export function Toaster() {
	const { resolvedTheme } = useTheme();
	return (
		<Sonner
			position="top-center"
			theme={resolvedTheme === "dark" ? "dark" : "light"}
			toastOptions={{
				className: "!bg-raised !text-ink !border-line !shadow-raised !font-sans !text-base",
				descriptionClassName: "!text-muted !text-sm",
			}}
		/>
	);
}

/** Something was done. Say what, in the past: "Key revoked". */
export function notifyDone(message: string, description?: string): void {
	toast.success(message, description === undefined ? undefined : { description });
}

/** Something a person asked for did not happen. `what` begins the sentence: "Key not revoked". */
export function notifyFailed(what: string, error: unknown): void {
	const { message, code, requestId } = describeProblem(error);
	const trace = requestId === undefined ? code : `${code} · ${requestId}`;
	toast.error(what, { description: `${message} (${trace})`, duration: 10_000 });
}
