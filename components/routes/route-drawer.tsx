"use client";

import { useState } from "react";
import { useMay } from "../../lib/client/use-session.ts";
import type { Route } from "../../lib/contracts/routes.ts";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import { draftOf, newDraft } from "./route-draft.ts";
import { RouteFacts } from "./route-facts.tsx";
import { RouteForm } from "./route-form.tsx";
import { RouteState } from "./route-state.tsx";
import { kindOf, kindWords } from "./route-words.ts";
import { useSaveRoute } from "./save-route.ts";
import type { StrategyWords } from "./strategy-field.tsx";
import { useRouteDraft } from "./use-route-draft.ts";

const formId = "route-form";

interface NewRouteDrawerProps {
	readonly strategies: readonly StrategyWords[];
	readonly onClose: () => void;
}

export function NewRouteDrawer({ strategies, onClose }: NewRouteDrawerProps) {
	const save = useSaveRoute(undefined, (saved) => {
		notifyDone("Route created", `Applications can ask for ${saved.name} from now on.`);
		onClose();
	});
	const form = useRouteDraft(newDraft, save.error);
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title="New route"
			description="A name that applications ask for, and the targets that serve it."
			className="max-w-2xl"
			footer={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" form={formId} variant="primary" isBusy={save.isPending}>
						Create route
					</Button>
				</>
			}
		>
			<RouteForm
				id={formId}
				form={form}
				strategies={strategies}
				error={save.error}
				onSubmit={() => {
					const input = form.finish();
					if (input !== undefined) save.mutate(input);
				}}
			/>
		</Drawer>
	);
}

interface RouteDrawerProps {
	readonly route: Route;
	readonly strategies: readonly StrategyWords[];
	readonly onTry: () => void;
	readonly onRemove: () => void;
	readonly onClose: () => void;
}

/** What a route does at this moment, and its settings to read or to change. */
export function RouteDrawer(props: RouteDrawerProps) {
	const mayWrite = useMay("registry:write");
	return mayWrite ? <EditDrawer {...props} /> : <ReadDrawer {...props} />;
}

function EditDrawer({ route, strategies, onTry, onRemove, onClose }: RouteDrawerProps) {
	const mayDelete = useMay("registry:delete");
	const [initial] = useState(() => draftOf(route));
	const save = useSaveRoute(route, (saved) => {
		notifyDone("Route saved", `${saved.name} works so from the next request on.`);
		onClose();
	});
	const form = useRouteDraft(initial, save.error);
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title={<RouteTitle name={route.name} />}
			description={kindWords[kindOf(route)].says}
			className="max-w-2xl"
			footer={
				<>
					{mayDelete && (
						<Button variant="danger-quiet" className="mr-auto" onClick={onRemove}>
							Remove
						</Button>
					)}
					<Button onClick={onClose}>Cancel</Button>
					<Button
						type="submit"
						form={formId}
						variant="primary"
						isBusy={save.isPending}
						disabled={!form.isDirty}
					>
						Save
					</Button>
				</>
			}
		>
			<div className="flex flex-col gap-6">
				<RouteState route={route} onTry={onTry} />
				<RouteForm
					id={formId}
					form={form}
					strategies={strategies}
					error={save.error}
					onSubmit={() => {
						const input = form.finish();
						if (input !== undefined) save.mutate(input);
					}}
				/>
			</div>
		</Drawer>
	);
}

function ReadDrawer({ route, strategies, onTry, onClose }: RouteDrawerProps) {
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title={<RouteTitle name={route.name} />}
			description={kindWords[kindOf(route)].says}
			className="max-w-2xl"
			footer={<Button onClick={onClose}>Close</Button>}
		>
			<div className="flex flex-col gap-6">
				<RouteState route={route} onTry={onTry} />
				<RouteFacts route={route} strategy={strategies.find(({ id }) => id === route.strategy)} />
			</div>
		</Drawer>
	);
}

function RouteTitle({ name }: { readonly name: string }) {
	return <span className="break-all font-mono">{name}</span>;
}
