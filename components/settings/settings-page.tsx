"use client";

import { useQuery } from "@tanstack/react-query";
import { settingsQuery } from "../../lib/client/settings.ts";
import { DataGate } from "../ui/data-gate.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { OtherPages } from "./other-pages.tsx";
import { SettingsForm } from "./settings-form.tsx";

export function SettingsPage() {
	const settings = useQuery(settingsQuery());
	return (
		<>
			<PageHeader
				title="Settings"
				description="What the gateway goes by. A change is in force on every node within a second, without a restart."
			/>
			<OtherPages />
			<DataGate query={settings}>{(data) => <SettingsForm settings={data} />}</DataGate>
		</>
	);
}
