"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { modelsQuery } from "../../lib/client/models.ts";
import { useSession } from "../../lib/client/use-session.ts";
import { formatAbsolute } from "../../lib/format/time.ts";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { SecretOnce } from "../ui/secret-once.tsx";
import { Tabs } from "../ui/tabs.tsx";
import type { IssuedKey } from "./key-drawer.tsx";
import { firstRequestSnippets, modelForKey } from "./snippets.ts";

interface IssuedKeyDialogProps {
	readonly issued: IssuedKey;
	readonly onClose: () => void;
}

/** The only place and time where a token is shown. */
export function IssuedKeyDialog({ issued, onClose }: IssuedKeyDialogProps) {
	const { key, token } = issued;
	const { gatewayUrl } = useSession();
	const models = useQuery(modelsQuery()).data?.items ?? [];
	const [language, setLanguage] = useState("curl");
	const snippets = firstRequestSnippets({
		gatewayUrl,
		token,
		model: modelForKey(key.allowedModels, models),
	});
	return (
		<Dialog
			isOpen
			onOpenChange={onClose}
			isDismissable={false}
			width="medium"
			title={key.rotatedAt === null ? `Key ${key.name} created` : `New secret for ${key.name}`}
			{...(key.graceUntil === null
				? {}
				: {
						description: `The old secret works until ${formatAbsolute(new Date(key.graceUntil))}.`,
					})}
			footer={
				<Button variant="primary" onClick={onClose}>
					I have stored the key
				</Button>
			}
		>
			<div className="flex flex-col gap-5">
				<SecretOnce secret={token} label="API key" />
				{key.allowedEndpoints.includes("chat.completions") && (
					<section>
						<h3 className="mb-1 font-medium text-ink">Send a first request</h3>
						<Tabs
							label="Language"
							value={language}
							onChange={setLanguage}
							items={snippets.map(({ id, label, code }) => ({
								id,
								label,
								content: <CodeBlock code={code} label={`${label} example`} />,
							}))}
						/>
					</section>
				)}
			</div>
		</Dialog>
	);
}
