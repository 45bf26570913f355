"use client";

import { ThemeProvider as NextThemes } from "next-themes";
import type { ReactNode } from "react";

interface ThemeProviderProps {
	/** Lets the script that sets the theme before the first paint pass the content security policy. */
	readonly nonce: string | undefined;
	readonly children: ReactNode;
}

export function ThemeProvider({ nonce, children }: ThemeProviderProps) {
	return (
		<NextThemes
			attribute="class"
			defaultTheme="system"
			enableSystem
			disableTransitionOnChange
			storageKey="llmproxy.theme"
			{...(nonce === undefined ? {} : { nonce })}
		>
			{children}
		</NextThemes>
	);
}
