"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import { ClientProblem } from "../../lib/client/problem.ts";
import { usersQuery } from "../../lib/client/users.ts";
import type { Role } from "../../lib/contracts/permissions.ts";
import { createUser } from "../../lib/contracts/users.ts";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import { RoleChoice } from "./role-choice.tsx";

type TextName = "name" | "email" | "password";

const texts: readonly {
	readonly name: TextName;
	readonly label: string;
	readonly type: "text" | "email" | "password";
	readonly help?: string;
}[] = [
	{ name: "name", label: "Name", type: "text" },
	{ name: "email", label: "E-mail", type: "email", help: "They sign in with it." },
	{
		name: "password",
		label: "Password",
		type: "password",
		help: "At least 12 characters. Hand it over by a safe way.",
	},
];

export function AddPersonDrawer({ onClose }: { readonly onClose: () => void }) {
	const queries = useQueryClient();
	const [values, setValues] = useState<Readonly<Record<TextName, string>>>({
		name: "",
		email: "",
		password: "",
	});
	const [role, setRole] = useState<Role>("viewer");
	const [touched, setTouched] = useState<ReadonlySet<TextName>>(new Set());
	const create = useMutation({
		mutationFn: () => call(createUser, { body: { ...values, role } }),
		onSuccess: async (user) => {
			await queries.invalidateQueries({ queryKey: usersQuery().queryKey });
			notifyDone("Person added", `${user.name} can sign in now.`);
			onClose();
		},
	});
	const issues = issuesOf({ ...values, role }, create.error);
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title="Add a person"
			footer={
				<>
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" form="add-person" variant="primary" isBusy={create.isPending}>
						Add person
					</Button>
				</>
			}
		>
			<form
				id="add-person"
				noValidate
				className="flex flex-col gap-5"
				onSubmit={(event) => {
					event.preventDefault();
					setTouched(new Set(texts.map((text) => text.name)));
					if (createUser.body.safeParse({ ...values, role }).success) create.mutate();
				}}
			>
				{texts.map(({ name, label, type, help }) => (
					<Field
						key={name}
						label={label}
						help={help}
						isRequired
						error={touched.has(name) ? issues.get(name) : undefined}
					>
						{(control) => (
							<Input
								{...control}
								type={type}
								autoComplete={type === "password" ? "new-password" : "off"}
								maxLength={200}
								value={values[name]}
								onBlur={() => setTouched(new Set([...touched, name]))}
								onChange={(event) => setValues({ ...values, [name]: event.target.value })}
							/>
						)}
					</Field>
				))}
				<fieldset>
					<legend className="mb-1.5 font-medium text-ink">Role</legend>
					<RoleChoice value={role} onChange={setRole} />
				</fieldset>
				{create.error !== null && <ErrorNote error={create.error} />}
			</form>
		</Drawer>
	);
}

/** What the contract, and else the server, say about each field. */
function issuesOf(values: unknown, error: unknown): ReadonlyMap<string, string> {
	const parsed = createUser.body.safeParse(values);
	const own = parsed.success ? [] : parsed.error.issues;
	const server = error instanceof ClientProblem ? error.issues : [];
	return new Map([
		...server.map((issue) => [issue.path, issue.message] as const),
		...own.map((issue) => [issue.path.join("."), issue.message] as const),
	]);
}
