"use client";

import { useState } from "react";
import { useSession } from "../../lib/client/use-session.ts";
import { CodeBlock } from "../ui/code-block.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { Tabs } from "../ui/tabs.tsx";
import type { ChatRequest } from "./chat-request.ts";
import { codeSamples } from "./request-code.ts";

interface CodeDrawerProps {
	readonly request: ChatRequest;
	readonly onClose: () => void;
}

/** The conversation as a program would send it. */
export function CodeDrawer({ request, onClose }: CodeDrawerProps) {
	const { gatewayUrl } = useSession();
	const [language, setLanguage] = useState("json");
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			className="max-w-3xl"
			title="This request as code"
			description={
				<>
					Set <code className="font-mono text-ink text-sm">LLMPROXY_KEY</code> to a key of yours
					first.
				</>
			}
		>
			<Tabs
				label="Language"
				value={language}
				onChange={setLanguage}
				items={codeSamples(request, gatewayUrl).map(({ id, label, code }) => ({
					id,
					label,
					content: <CodeBlock code={code} label={label} />,
				}))}
			/>
		</Drawer>
	);
}
