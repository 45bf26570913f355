import type { GuardDraft } from "./use-guard-draft.ts";
import type { GuardOptions } from "./use-guard-names.ts";

/** What every tab of the editor gets. */
export interface GuardPartProps {
	readonly draft: GuardDraft;
	readonly options: GuardOptions;
	readonly isReadOnly: boolean;
}
