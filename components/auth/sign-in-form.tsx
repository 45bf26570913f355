"use client";

import { useState } from "react";
import { signIn } from "../../lib/client/sign-in.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";

/** `next` has been checked to be a page of this console. */
export function SignInForm({ next }: { readonly next: string }) {
	const [isBusy, setIsBusy] = useState(false);
	const [error, setError] = useState<unknown>(undefined);
	const submit = async (form: FormData) => {
		setIsBusy(true);
		setError(undefined);
		try {
			await signIn(String(form.get("email")), String(form.get("password")));
			// A whole new page, so that nothing of an earlier session stays in memory.
			window.location.assign(next);
		} catch (problem) {
			setError(problem);
			setIsBusy(false);
		}
	};
	return (
		<div className="mx-auto max-w-md rounded-xl border border-line bg-surface p-6">
			<h1 className="font-semibold text-ink text-xl">Sign in</h1>
			<p className="mt-1 text-muted">Use the account that an administrator made for you.</p>
			<form
				className="mt-5 flex flex-col gap-4"
				onSubmit={(event) => {
					event.preventDefault();
					void submit(new FormData(event.currentTarget));
				}}
			>
				<Field label="E-mail">
					{(control) => (
						<Input
							{...control}
							name="email"
							type="email"
							autoComplete="username"
							required
							maxLength={200}
						/>
					)}
				</Field>
				<Field label="Password">
					{(control) => (
						<Input
							{...control}
							name="password"
							type="password"
							autoComplete="current-password"
							required
							maxLength={200}
						/>
					)}
				</Field>
				{error !== undefined && <ErrorNote error={error} />}
				<Button type="submit" variant="primary" size="large" isBusy={isBusy}>
					Sign in
				</Button>
			</form>
		</div>
	);
}
