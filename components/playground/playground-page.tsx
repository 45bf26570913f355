"use client";

import { useQuery } from "@tanstack/react-query";
import { Blocks, Code, Eraser, LockKeyhole, SlidersHorizontal } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { modelsQuery } from "../../lib/client/models.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Model } from "../../lib/contracts/models.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { chatRequest } from "./chat-request.ts";
import { CodeDrawer } from "./code-drawer.tsx";
import { Composer } from "./composer.tsx";
import { ConversationView } from "./conversation-view.tsx";
import { ModelPicker } from "./model-picker.tsx";
import { initialParameters, issuesOf } from "./parameters.ts";
import { ParametersPanel } from "./parameters-panel.tsx";
import { usePlayground } from "./use-playground.ts";

export function PlaygroundPage() {
	const models = useQuery(modelsQuery());
	const mayChat = useMay("chat:use");
	if (!mayChat) {
		return (
			<>
				<PageHeader title="Playground" />
				<Panel>
					<EmptyState
						icon={LockKeyhole}
						title="Your role may not send requests."
						hint="An administrator can give you the role user or operator."
					/>
				</Panel>
			</>
		);
	}
	return (
		<DataGate
			query={models}
			isEmpty={(data) => data.items.length === 0}
			empty={{
				icon: Blocks,
				title: "There is no model to talk to yet.",
				hint: "Add a provider, or switch the simulator on.",
				action: (
					<Button asChild variant="primary">
						<Link href="/providers">Go to providers</Link>
					</Button>
				),
			}}
		>
			{(data) => <PlaygroundDesk models={data.items} />}
		</DataGate>
	);
}

/** At the desk: the conversation, its parameters beside it (in a drawer on narrow screens). */
function PlaygroundDesk({ models }: { readonly models: readonly Model[] }) {
	const [params, change] = useUrlState();
	const model = params.get("model") ?? models[0]?.id ?? "";
	const [parameters, setParameters] = useState(initialParameters);
	const [open, setOpen] = useState<"code" | "parameters" | undefined>(undefined);
	const playground = usePlayground(model, parameters);
	const issues = issuesOf(parameters);
	const [issue] = Object.values(issues);
	const panel = (
		<ParametersPanel
			parameters={parameters}
			issues={issues}
			onChange={(part) => setParameters((current) => ({ ...current, ...part }))}
		/>
	);
	return (
		<>
			<PageHeader
				title="Playground"
				description="Talk to a model through the gateway, with every control in force, and see what it costs."
				actions={
					<>
						<Button className="lg:hidden" onClick={() => setOpen("parameters")}>
							<SlidersHorizontal aria-hidden="true" />
							Parameters
						</Button>
						<Button onClick={() => setOpen("code")}>
							<Code aria-hidden="true" />
							Code
						</Button>
						<Button disabled={playground.turns.length === 0} onClick={playground.clear}>
							<Eraser aria-hidden="true" />
							Clear
						</Button>
					</>
				}
			/>
			<div className="grid min-w-0 gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
				<section
					aria-label="Conversation"
					className="flex h-[calc(100dvh-15.5rem)] min-h-96 min-w-0 flex-col rounded-lg border border-line bg-surface sm:h-[calc(100dvh-11.5rem)] lg:sticky lg:top-5 lg:self-start"
				>
					<div className="border-line border-b p-3">
						<ModelPicker models={models} value={model} onChange={(id) => change({ model: id })} />
					</div>
					<ConversationView playground={playground} />
					<Composer
						isBusy={playground.isBusy}
						heldBecause={issue === undefined ? undefined : `Not ready to send: ${issue}`}
						onSend={playground.ask}
						onStop={playground.stop}
					/>
				</section>
				<Panel title="Parameters" className="hidden self-start lg:block">
					{panel}
				</Panel>
			</div>
			<Drawer
				isOpen={open === "parameters"}
				onOpenChange={() => setOpen(undefined)}
				title="Parameters"
			>
				{panel}
			</Drawer>
			{open === "code" && (
				<CodeDrawer
					request={chatRequest({ model, turns: playground.turns, parameters })}
					onClose={() => setOpen(undefined)}
				/>
			)}
		</>
	);
}
