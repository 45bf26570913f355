"use client";

import { Bot, Pencil, RotateCw, Trash2, User, Wrench } from "lucide-react";
import type { ReactNode } from "react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { isRunning } from "./answer.ts";
import { AnswerView } from "./answer-view.tsx";
import type { Turn } from "./conversation.ts";
import { openCalls } from "./conversation.ts";
import { ToolCalls } from "./tool-calls.tsx";
import type { Playground } from "./use-playground.ts";

interface TurnViewProps {
	readonly turn: Turn;
	readonly playground: Playground;
}

const speakers = {
	user: { label: "You", icon: User },
	assistant: { label: "Model", icon: Bot },
	tool: { label: "Tool result", icon: Wrench },
} as const;

export function TurnView({ turn, playground }: TurnViewProps) {
	const [isEditing, setIsEditing] = useState(false);
	const { label, icon: Icon } = speakers[turn.kind];
	const text = turn.kind === "assistant" ? turn.answer.text : turn.text;
	const isBusy = turn.kind === "assistant" && isRunning(turn.answer);
	return (
		<article aria-label={label} className="group flex gap-3 px-4 py-4">
			<Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-faint" />
			<div className="flex min-w-0 grow flex-col gap-2">
				<header className="flex min-h-7 items-center gap-2">
					<h2 className="font-medium text-ink">{label}</h2>
					{turn.kind === "tool" && (
						<span className="truncate font-mono text-muted text-sm">{turn.name}</span>
					)}
					{!isBusy && !isEditing && (
						<TurnButtons
							turn={turn}
							text={text}
							playground={playground}
							onEdit={() => setIsEditing(true)}
						/>
					)}
				</header>
				{isEditing ? (
					<TurnEditor
						text={text}
						isAsked={turn.kind !== "assistant"}
						onCancel={() => setIsEditing(false)}
						onSave={(next) => {
							playground.edit(turn.id, next);
							setIsEditing(false);
						}}
					/>
				) : (
					<TurnBody turn={turn} playground={playground} />
				)}
			</div>
		</article>
	);
}

function TurnBody({ turn, playground }: TurnViewProps): ReactNode {
	if (turn.kind !== "assistant") {
		return (
			<div
				className={
					turn.kind === "tool"
						? "whitespace-pre-wrap break-words font-mono text-ink text-sm"
						: "whitespace-pre-wrap break-words text-ink"
				}
			>
				{turn.text}
			</div>
		);
	}
	const { answer } = turn;
	const isLast = playground.turns.at(-1)?.id === turn.id;
	return (
		<AnswerView answer={answer}>
			{answer.toolCalls.length > 0 && (
				<ToolCalls
					calls={answer.toolCalls}
					open={isLast && answer.state.kind === "done" ? openCalls(playground.turns, turn.id) : []}
					onAnswer={playground.answerCalls}
				/>
			)}
		</AnswerView>
	);
}

interface TurnButtonsProps extends TurnViewProps {
	readonly text: string;
	readonly onEdit: () => void;
}

function TurnButtons({ turn, text, playground, onEdit }: TurnButtonsProps) {
	return (
		<div className="ml-auto flex">
			{text !== "" && <CopyButton text={text} label="Copy text" />}
			<IconButton
				size="small"
				label={turn.kind === "assistant" ? "Answer again" : "Send again from here"}
				icon={<RotateCw aria-hidden="true" />}
				disabled={playground.isBusy}
				onClick={() => playground.repeatFrom(turn.id)}
			/>
			<IconButton
				size="small"
				label="Edit"
				icon={<Pencil aria-hidden="true" />}
				disabled={playground.isBusy}
				onClick={onEdit}
			/>
			<IconButton
				size="small"
				label="Remove"
				icon={<Trash2 aria-hidden="true" />}
				disabled={playground.isBusy}
				onClick={() => playground.remove(turn.id)}
			/>
		</div>
	);
}

interface TurnEditorProps {
	readonly text: string;
	/** Whether the words are the person's own; those may not be empty. */
	readonly isAsked: boolean;
	readonly onCancel: () => void;
	readonly onSave: (text: string) => void;
}

function TurnEditor({ text, isAsked, onCancel, onSave }: TurnEditorProps) {
	const [draft, setDraft] = useState(text);
	return (
		<div className="flex flex-col gap-2">
			<Textarea
				aria-label="Text of this turn"
				autoFocus
				rows={Math.min(16, Math.max(3, draft.split("\n").length + 1))}
				value={draft}
				onChange={(event) => setDraft(event.target.value)}
				onKeyDown={(event) => {
					if (event.key === "Escape") onCancel();
				}}
			/>
			<div className="flex justify-end gap-2">
				<Button size="small" onClick={onCancel}>
					Cancel
				</Button>
				<Button
					size="small"
					variant="primary"
					disabled={isAsked && draft.trim() === ""}
					onClick={() => onSave(draft)}
				>
					Keep this text
				</Button>
			</div>
		</div>
	);
}
