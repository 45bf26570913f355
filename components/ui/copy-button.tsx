"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button.tsx";
import { IconButton } from "./icon-button.tsx";
import { notifyFailed } from "./toaster.tsx";

interface CopyButtonProps {
	readonly text: string;
	readonly label?: string;
	readonly isTextShown?: boolean;
	readonly onCopied?: () => void;
}

export function CopyButton(props: CopyButtonProps) {
	const { text, label = "Copy", isTextShown = false, onCopied } = props;
	const [isCopied, setIsCopied] = useState(false);
	const copy = async () => {
		try {
			await copyText(text);
			setIsCopied(true);
			setTimeout(() => setIsCopied(false), 1500);
			onCopied?.();
		} catch (error) {
			notifyFailed("Not copied", error);
		}
	};
	const Icon = isCopied ? Check : Copy;
	if (isTextShown) {
		return (
			<Button size="small" onClick={() => void copy()}>
				<Icon aria-hidden="true" />
				<span aria-live="polite">{isCopied ? "Copied" : label}</span>
			</Button>
		);
	}
	return (
		<IconButton
			size="small"
			label={isCopied ? "Copied" : label}
			icon={<Icon aria-hidden="true" />}
			onClick={() => void copy()}
		/>
	);
}

/** Browsers offer the clipboard to https and localhost only; a plain http address needs the old way. */
async function copyText(text: string): Promise<void> {
	if (window.isSecureContext) {
		await navigator.clipboard.writeText(text);
		return;
	}
	const area = document.createElement("textarea");
	area.value = text;
	area.style.position = "fixed";
	area.style.opacity = "0";
	// Inside an open dialog, because focus is kept there.
	const host = document.querySelector("[role=dialog]") ?? document.body;
	host.append(area);
	area.select();
	const isDone = document.execCommand("copy");
	area.remove();
	if (!isDone) throw new Error("The browser did not allow it; select the text and copy it.");
}
