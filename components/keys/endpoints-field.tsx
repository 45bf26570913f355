"use client";

import { useId } from "react";
import { useMay } from "../../lib/client/use-session.ts";
import { endpointWords } from "../../lib/format/endpoint-words.ts";
import type { EndpointId } from "../../proxy-core/contract/settled-record.ts";
import { endpointIds } from "../../proxy-core/contract/settled-record.ts";
import { Checkbox } from "../ui/checkbox.tsx";

interface EndpointsFieldProps {
	readonly value: readonly EndpointId[];
	readonly error: string | undefined;
	readonly onChange: (next: readonly EndpointId[]) => void;
}

export function EndpointsField({ value, error, onChange }: EndpointsFieldProps) {
	const id = useId();
	const mayManage = useMay("keys:manage");
	const toggle = (endpoint: EndpointId, isAllowed: boolean) =>
		onChange(
			endpointIds.filter((other) => (other === endpoint ? isAllowed : value.includes(other))),
		);
	return (
		<fieldset aria-describedby={error === undefined ? undefined : `${id}-error`}>
			<legend className="mb-1.5 font-medium text-ink">Endpoints</legend>
			<div className="flex flex-col gap-2">
				{endpointIds.map((endpoint) => (
					<Checkbox
						key={endpoint}
						label={
							<>
								{endpointWords[endpoint].label}{" "}
								<code className="font-mono text-muted text-sm">{endpointWords[endpoint].path}</code>
							</>
						}
						{...(endpoint === "metrics" && !mayManage
							? { disabled: true, help: "Shows everybody’s traffic; an operator can allow it." }
							: {})}
						isChecked={value.includes(endpoint)}
						onChange={(isAllowed) => toggle(endpoint, isAllowed)}
					/>
				))}
			</div>
			{error !== undefined && (
				<p id={`${id}-error`} className="mt-1.5 text-danger-ink text-sm">
					{value.length === 0 ? "Allow at least one endpoint." : error}
				</p>
			)}
		</fieldset>
	);
}
