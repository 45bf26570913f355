import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { ThemeProvider } from "../components/layout/theme-provider.tsx";
import { Toaster } from "../components/ui/toaster.tsx";
import "./globals.css";

// Pages carry a nonce per request, so none of them can be rendered ahead of time.
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
	title: { default: "LLMProxy", template: "%s · LLMProxy" },
	description: "Security gateway for language models",
	icons: { icon: "/favicon.svg" },
	robots: { index: false, follow: false },
};

export const viewport: Viewport = {
	width: "device-width",
	initialScale: 1,
	themeColor: [
		{ media: "(prefers-color-scheme: light)", color: "#f6f7f9" },
		{ media: "(prefers-color-scheme: dark)", color: "#0b0e13" },
	],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
	const nonce = (await headers()).get("x-nonce") ?? undefined;
	return (
		<html
			lang="en"
			className={`${GeistSans.variable} ${GeistMono.variable}`}
			// next-themes sets the theme's class before React takes over.
			suppressHydrationWarning
		>
			<body>
				<ThemeProvider nonce={nonce}>
					{children}
					<Toaster />
				</ThemeProvider>
			</body>
		</html>
	);
}
