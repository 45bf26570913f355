"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type * as z from "zod";
import { call } from "../../lib/client/call.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { InspectionView, inspectionInput } from "../../lib/contracts/inspections.ts";
import { inspect } from "../../lib/contracts/inspections.ts";
import type { PolicyChange } from "./policy-change.ts";
import type { Said, Subject } from "./subject.ts";
import { inspectionOf, missing, readSubject, subjectParams } from "./subject.ts";

export interface Inspecting {
	readonly subject: Subject;
	readonly setSubject: (part: Partial<Subject>) => void;
	readonly said: Said;
	readonly setSaid: (part: Partial<Said>) => void;
	/** Why nothing can be judged yet. */
	readonly missing: string | undefined;
	readonly run: () => void;
	readonly isBusy: boolean;
	readonly error: unknown;
	readonly result: InspectionResult | undefined;
}

export interface InspectionResult {
	readonly current: InspectionView;
	readonly changed: InspectionView | null;
	/** The answer that was judged with it, if any. */
	readonly answer: string | undefined;
	/** Epoch milliseconds; another one for each answer. */
	readonly judgedAt: number;
	/** Something on the page was changed after this was judged. */
	readonly isOld: boolean;
}

/** What the page judges, and what came of it. A link to a recorded request is judged at once. */
export function useInspection(change: PolicyChange): Inspecting {
	const [params, changeUrl] = useUrlState();
	const mayOpen = useMay("guards:write");
	const [said, setSaid] = useState<Said>({ text: "", body: "", answer: "" });
	const subject = readSubject(params);
	const run = useMutation({
		mutationFn: (input: z.input<typeof inspectionInput>) => call(inspect, { body: input }),
	});
	const asked = inspectionOf(subject, said, change);
	const lacks = missing(subject, said);
	const begin = () => {
		if (lacks === undefined && !run.isPending) run.mutate(asked);
	};
	/** Ids that somebody types wait for the button; those of links do not. */
	const seenId = useRef("");
	useEffect(() => {
		const { kind, requestId } = subject;
		if (kind !== "request" || seenId.current === requestId || !mayOpen) return;
		seenId.current = requestId;
		begin();
	});
	const { data, variables } = run;
	return {
		subject,
		setSubject: (part) => {
			const next = { ...subject, ...part };
			seenId.current = next.requestId;
			changeUrl(subjectParams(next));
		},
		said,
		setSaid: (part) => setSaid((before) => ({ ...before, ...part })),
		missing: lacks,
		run: begin,
		isBusy: run.isPending,
		error: run.error,
		result:
			data === undefined
				? undefined
				: {
						...data,
						answer: variables?.answer,
						judgedAt: run.submittedAt,
						isOld: JSON.stringify(variables) !== JSON.stringify(asked),
					},
	};
}
