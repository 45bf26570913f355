import type { ThreatDesk } from "../../../proxy-core/threat-ledger/threat-ledger.ts";
import type { SignInLimiter } from "../auth/sign-in-limiter.ts";

/** The same limiter; wrong passwords, and attempts beyond the limit, count against their address. */
export function watchSignIns(
	limiter: SignInLimiter,
	desk: Pick<ThreatDesk, "note">,
): SignInLimiter {
	return {
		begin: (address, email) => {
			const attempt = limiter.begin(address, email);
			const note = (rule: string) =>
				desk.note({ address, layer: "sign-in", rule, severity: "medium" });
			if (!attempt.isAllowed) {
				note("too-many-sign-ins");
				return attempt;
			}
			return {
				...attempt,
				finish: (result) => {
					if (result === "wrong") note("wrong-password");
					attempt.finish(result);
				},
			};
		},
	};
}
