"use client";

import { SendHorizontal, Square } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Textarea } from "../ui/textarea.tsx";

interface ComposerProps {
	readonly isBusy: boolean;
	/** Why nothing can be sent now; undefined when it can. */
	readonly heldBecause: string | undefined;
	readonly onSend: (text: string) => void;
	readonly onStop: () => void;
}

export function Composer({ isBusy, heldBecause, onSend, onStop }: ComposerProps) {
	const [text, setText] = useState("");
	const maySend = !isBusy && heldBecause === undefined && text.trim() !== "";
	const send = () => {
		if (!maySend) return;
		onSend(text);
		setText("");
	};
	return (
		<form
			className="flex flex-col gap-2 border-line border-t p-3"
			onSubmit={(event) => {
				event.preventDefault();
				send();
			}}
		>
			<Textarea
				aria-label="Message"
				placeholder="Write a message"
				rows={3}
				className="resize-y"
				value={text}
				onChange={(event) => setText(event.target.value)}
				onKeyDown={(event) => {
					if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
					event.preventDefault();
					send();
				}}
			/>
			<div className="flex items-center justify-between gap-3">
				<p className="min-w-0 text-muted text-sm">
					{heldBecause ?? (
						<span className="hidden sm:inline">
							<Kbd>Enter</Kbd> sends, <Kbd>Shift Enter</Kbd> begins a new line
						</span>
					)}
				</p>
				{isBusy ? (
					<Button variant="danger-quiet" onClick={onStop}>
						<Square aria-hidden="true" />
						Stop
					</Button>
				) : (
					<Button type="submit" variant="primary" disabled={!maySend}>
						<SendHorizontal aria-hidden="true" />
						Send
					</Button>
				)}
			</div>
		</form>
	);
}
