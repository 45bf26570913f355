"use client";

import type { Announcements, DragEndEvent, Modifier } from "@dnd-kit/core";
import {
	closestCenter,
	DndContext,
	KeyboardSensor,
	PointerSensor,
	useSensor,
	useSensors,
} from "@dnd-kit/core";
import {
	SortableContext,
	sortableKeyboardCoordinates,
	useSortable,
	verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ArrowDown, ArrowUp, GripVertical, X } from "lucide-react";
import type { ReactNode } from "react";
import { useEffect, useId, useState } from "react";
import { classNames } from "../../lib/format/class-names.ts";
import { IconButton } from "./icon-button.tsx";

interface SortableListProps {
	/** What is in order: "Targets". */
	readonly label: string;
	/** Unique names, as people read them. */
	readonly names: readonly string[];
	readonly onMove: (from: number, to: number) => void;
	readonly onRemove: (index: number) => void;
	/** What stands between the handle and the buttons. */
	readonly children: (index: number) => ReactNode;
}

/** A list whose order is changed by dragging, by the handle and the arrow keys, or by two buttons. */
export function SortableList(props: SortableListProps) {
	const { label, names, onMove, onRemove, children } = props;
	const id = useId();
	const [isDragging, setIsDragging] = useState(false);
	useKeptOpen(isDragging);
	const sensors = useSensors(
		useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
		useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
	);
	const drop = ({ active, over }: DragEndEvent) => {
		setIsDragging(false);
		const from = names.indexOf(String(active.id));
		const to = names.indexOf(String(over?.id ?? active.id));
		if (from !== -1 && to !== -1 && from !== to) onMove(from, to);
	};
	return (
		<DndContext
			id={id}
			sensors={sensors}
			collisionDetection={closestCenter}
			modifiers={[downOrUp]}
			accessibility={{
				announcements: announce(names),
				screenReaderInstructions: { draggable: howTo },
			}}
			onDragStart={() => setIsDragging(true)}
			onDragCancel={() => setIsDragging(false)}
			onDragEnd={drop}
		>
			<SortableContext items={[...names]} strategy={verticalListSortingStrategy}>
				<ol aria-label={label} className="flex flex-col gap-1.5">
					{names.map((name, index) => (
						<SortableRow
							key={name}
							name={name}
							isFirst={index === 0}
							isLast={index === names.length - 1}
							onStep={(by) => onMove(index, index + by)}
							onRemove={() => onRemove(index)}
						>
							{children(index)}
						</SortableRow>
					))}
				</ol>
			</SortableContext>
		</DndContext>
	);
}

interface SortableRowProps {
	readonly name: string;
	readonly isFirst: boolean;
	readonly isLast: boolean;
	readonly onStep: (by: -1 | 1) => void;
	readonly onRemove: () => void;
	readonly children: ReactNode;
}

function SortableRow({ name, isFirst, isLast, onStep, onRemove, children }: SortableRowProps) {
	const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, ...state } =
		useSortable({ id: name });
	return (
		<li
			ref={setNodeRef}
			style={{ transform: CSS.Translate.toString(transform), transition: state.transition }}
			className={classNames(
				"flex items-start gap-1 rounded-md border border-line bg-surface py-1 pr-1 dark:bg-raised",
				state.isDragging && "relative z-10 border-accent shadow-raised",
			)}
		>
			<button
				ref={setActivatorNodeRef}
				type="button"
				{...attributes}
				{...listeners}
				aria-label={`Move ${name}`}
				className="flex h-7 w-6 shrink-0 cursor-grab touch-none items-center justify-center rounded text-faint hover:text-ink active:cursor-grabbing"
			>
				<GripVertical aria-hidden="true" className="size-4" />
			</button>
			<div className="min-w-0 grow self-center">{children}</div>
			<IconButton
				size="small"
				label={`Move ${name} up`}
				tooltip="Up"
				icon={<ArrowUp aria-hidden="true" />}
				disabled={isFirst}
				onClick={() => onStep(-1)}
			/>
			<IconButton
				size="small"
				label={`Move ${name} down`}
				tooltip="Down"
				icon={<ArrowDown aria-hidden="true" />}
				disabled={isLast}
				onClick={() => onStep(1)}
			/>
			<IconButton
				size="small"
				label={`Remove ${name}`}
				tooltip="Remove"
				icon={<X aria-hidden="true" />}
				onClick={onRemove}
			/>
		</li>
	);
}

/** A list has one direction. */
const downOrUp: Modifier = ({ transform }) => ({ ...transform, x: 0 });

const howTo =
	"Press Space or Enter to take it, the arrow keys to move it, Space or Enter to put it down, and Escape to leave it where it was.";

function announce(names: readonly string[]): Announcements {
	const place = (id: string | number | undefined): string =>
		`place ${names.indexOf(String(id)) + 1} of ${names.length}`;
	return {
		onDragStart: ({ active }) => `Took ${active.id}, at ${place(active.id)}.`,
		// Follows on the start at once and would drown it, so it says that too.
		onDragOver: ({ active, over }) =>
			over?.id === active.id
				? `${active.id} is taken, at ${place(active.id)}, where it was.`
				: `${active.id} is at ${place(over?.id ?? active.id)}.`,
		onDragEnd: ({ active, over }) => `Put ${active.id} down at ${place(over?.id ?? active.id)}.`,
		onDragCancel: ({ active }) => `Left ${active.id} at ${place(active.id)}.`,
	};
}

/** While something is moved by keyboard, Escape ends that and not the dialog around the list. */
function useKeptOpen(isDragging: boolean): void {
	useEffect(() => {
		if (!isDragging) return;
		const hold = (event: KeyboardEvent) => {
			if (event.key === "Escape") event.preventDefault();
		};
		// On the window and early: the dialog listens on the document, and heeds prevented keys.
		window.addEventListener("keydown", hold, { capture: true });
		return () => window.removeEventListener("keydown", hold, { capture: true });
	}, [isDragging]);
}
