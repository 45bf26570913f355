import { Check, Minus } from "lucide-react";
import type { Role } from "../../lib/contracts/permissions.ts";
import { permissions, roleHolds, roles } from "../../lib/contracts/permissions.ts";
import { Panel } from "../ui/panel.tsx";
import { permissionWords, roleWords } from "./role-words.ts";

const cell = "border-line border-b px-1.5 py-2 first:pl-4 sm:px-3";

/** Stays in view while the roles scroll past it. */
const firstColumn = "sticky left-0 z-10 min-w-40 bg-surface text-left";

/** Who may do what: the table that the server itself goes by. */
export function PermissionMatrix() {
	return (
		<Panel
			title="What each role may do"
			description="The server checks every call against this table."
			isPadded={false}
		>
			<p className="px-4 pb-2 text-muted text-xs sm:hidden">Scroll sideways to see every role.</p>
			<section
				// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
				tabIndex={0}
				aria-label="Permissions of each role"
				className="overflow-x-auto border-line border-t"
			>
				<table className="w-full border-separate border-spacing-0">
					<thead>
						<tr>
							<th scope="col" className={`${cell} ${firstColumn} font-medium text-muted text-xs`}>
								Permission
							</th>
							{roles.map((role) => (
								<th
									key={role}
									scope="col"
									title={roleWords[role].says}
									className={`${cell} w-14 text-center sm:w-24 font-medium text-muted text-xs`}
								>
									{roleWords[role].label}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{permissions.map((permission) => (
							<tr key={permission}>
								<th scope="row" className={`${cell} ${firstColumn} font-normal`}>
									<span className="block text-ink">{permissionWords[permission]}</span>
									<span className="font-mono text-faint text-xs">{permission}</span>
								</th>
								{roles.map((role) => (
									<td key={role} className={`${cell} text-center`}>
										<Holds role={role} isHeld={roleHolds(role, permission)} />
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</section>
		</Panel>
	);
}

function Holds({ role, isHeld }: { readonly role: Role; readonly isHeld: boolean }) {
	const Icon = isHeld ? Check : Minus;
	return (
		<>
			<Icon
				aria-hidden="true"
				className={isHeld ? "mx-auto size-4 text-ok-ink" : "mx-auto size-4 text-faint"}
			/>
			<span className="sr-only">
				{roleWords[role].label}: {isHeld ? "yes" : "no"}
			</span>
		</>
	);
}
