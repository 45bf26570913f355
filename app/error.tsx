"use client";

import { PageFailure } from "../components/layout/page-failure.tsx";

interface ErrorPageProps {
	readonly error: Error & { readonly digest?: string };
	readonly reset: () => void;
}

export default function RootErrorPage({ error, reset }: ErrorPageProps) {
	return <PageFailure error={error} onRetry={reset} />;
}
