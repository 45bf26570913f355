"use client";

import { ruleModes } from "../../proxy-core/contract/threats.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { Field } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ChangedParts } from "./changed-parts.tsx";
import { GuardFields } from "./guard-fields.tsx";
import { isObject, isUnchanged, withSection } from "./policy-change.ts";
import { RawChange } from "./raw-change.tsx";
import type { PolicyDraft } from "./use-policy-change.ts";

interface WhatIfProps {
	readonly policy: PolicyDraft;
	/** Why the server did not take the change; shown at the fields that it names. */
	readonly error: unknown;
}

/** Another policy to compare with the one in force: one part is edited, any number may differ. */
export function WhatIfPanel({ policy, error }: WhatIfProps) {
	const { change } = policy;
	return (
		<Panel
			title="What if"
			description="Another policy to compare with. Nothing here is put in force."
			actions={
				!isUnchanged(change) && (
					<Button size="small" onClick={() => policy.replace({})}>
						Undo all
					</Button>
				)
			}
		>
			<div className="flex flex-col gap-4">
				<DataGate query={policy.loading} skeleton={<SkeletonRows rows={3} />}>
					{(inForce) => (
						<>
							<Field label="Change">
								{(control) => (
									<Select
										{...control}
										placeholder="Choose a guard, the firewall or privacy"
										options={[
											...inForce.guards.map(({ id, title }) => ({
												value: `guards.${id}`,
												label: title,
											})),
											...sections.map(({ name, title }) => ({ value: name, label: title })),
										]}
										value={policy.part}
										onChange={(part) => policy.edit(part)}
									/>
								)}
							</Field>
							<Part policy={policy} error={error} />
							<ChangedParts policy={policy} inForce={inForce} />
						</>
					)}
				</DataGate>
				<RawChange policy={policy} />
			</div>
		</Panel>
	);
}

const sections = [
	{ name: "firewall", title: "Firewall" },
	{ name: "privacy", title: "Personal data" },
] as const;

function Part({ policy, error }: WhatIfProps) {
	const { part, inForce, generation } = policy;
	const guard = inForce?.guards.find(({ id }) => part === `guards.${id}`);
	if (guard !== undefined) {
		return (
			<GuardFields key={`${part} ${generation}`} guard={guard} policy={policy} error={error} />
		);
	}
	const section = sections.find(({ name }) => name === part);
	return section === undefined ? null : <SectionMode name={section.name} policy={policy} />;
}

interface SectionProps {
	readonly name: (typeof sections)[number]["name"];
	readonly policy: PolicyDraft;
}

function SectionMode({ name, policy: { change, inForce, set } }: SectionProps) {
	const stored = inForce?.sections[name];
	const value = change[name] ?? stored;
	if (!isObject(value)) return null;
	const mode = ruleModes.find((one) => one === value["mode"]) ?? "";
	return (
		<Field label="Mode" help="Its other settings can be changed as JSON below.">
			{(control) => (
				<Select
					{...control}
					options={ruleModes.map((one) => ({ value: one, label: modeWords[one] }))}
					value={mode}
					onChange={(next) =>
						set(withSection(change, { name, value: stored }, { ...value, mode: next }))
					}
				/>
			)}
		</Field>
	);
}

const modeWords = { off: "Off", monitor: "Monitor", enforce: "Enforce" } as const;
