import type { ReactNode } from "react";
import { AuthFrame } from "../../components/auth/auth-frame.tsx";

export const dynamic = "force-dynamic";

export default function AuthLayout({ children }: { readonly children: ReactNode }) {
	return <AuthFrame>{children}</AuthFrame>;
}
