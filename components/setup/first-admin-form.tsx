"use client";

import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import { ClientProblem } from "../../lib/client/problem.ts";
import { signIn } from "../../lib/client/sign-in.ts";
import { createFirstAdmin } from "../../lib/contracts/system.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Steps } from "./steps.tsx";

type FieldName = "name" | "email" | "password";

const fields: readonly {
	readonly name: FieldName;
	readonly label: string;
	readonly type: "text" | "email" | "password";
	readonly autoComplete: string;
	readonly help?: string;
}[] = [
	{ name: "name", label: "Name", type: "text", autoComplete: "name" },
	{ name: "email", label: "E-mail", type: "email", autoComplete: "username" },
	{
		name: "password",
		label: "Password",
		type: "password",
		autoComplete: "new-password",
		help: "At least 12 characters. A few words are easier to remember than symbols.",
	},
];

export function FirstAdminForm({ token }: { readonly token: string }) {
	const [values, setValues] = useState<Readonly<Record<FieldName, string>>>({
		name: "",
		email: "",
		password: "",
	});
	const [touched, setTouched] = useState<ReadonlySet<FieldName>>(new Set());
	const [isBusy, setIsBusy] = useState(false);
	const [error, setError] = useState<unknown>(undefined);
	const issues = issuesOf({ ...values, token }, error);

	const submit = async () => {
		setTouched(new Set(fields.map((field) => field.name)));
		if (!createFirstAdmin.body.safeParse({ ...values, token }).success) return;
		setIsBusy(true);
		setError(undefined);
		try {
			await call(createFirstAdmin, { body: { ...values, token } });
			await signIn(values.email, values.password);
			window.location.assign("/welcome");
		} catch (problem) {
			setError(problem);
			setIsBusy(false);
		}
	};

	return (
		<div className="flex flex-col gap-6">
			<Steps current="admin" />
			<div className="rounded-xl border border-line bg-surface p-6">
				<h1 className="font-semibold text-ink text-xl">Make the first administrator</h1>
				<p className="mt-1 text-muted">
					This account manages everything: people, keys, providers and settings.
				</p>
				<form
					noValidate
					className="mt-5 flex flex-col gap-4"
					onSubmit={(event) => {
						event.preventDefault();
						void submit();
					}}
				>
					{fields.map(({ name, label, help, ...rest }) => (
						<Field
							key={name}
							label={label}
							help={help}
							error={touched.has(name) ? issues.get(name) : undefined}
						>
							{(control) => (
								<Input
									{...control}
									{...rest}
									name={name}
									value={values[name]}
									onBlur={() => setTouched(new Set([...touched, name]))}
									onChange={(event) => setValues({ ...values, [name]: event.target.value })}
								/>
							)}
						</Field>
					))}
					{error !== undefined && <ErrorNote error={error} />}
					<Button type="submit" variant="primary" size="large" isBusy={isBusy}>
						Create and sign in
					</Button>
				</form>
			</div>
		</div>
	);
}

/** What the contract, and then the server, say about each field. */
function issuesOf(
	values: Readonly<Record<string, string>>,
	error: unknown,
): ReadonlyMap<string, string> {
	const parsed = createFirstAdmin.body.safeParse(values);
	const own = parsed.success ? [] : parsed.error.issues;
	const server = error instanceof ClientProblem ? error.issues : [];
	return new Map([
		...server.map((issue) => [issue.path, issue.message] as const),
		...own.map((issue) => {
			const name = issue.path.join(".");
			return [name, values[name] === "" ? "This is needed." : issue.message] as const;
		}),
	]);
}
