// Radix keeps hidden twins of its controls in forms; those take no focus.
const firstField =
	'[data-fields] :is(input, textarea, [role="combobox"], [role="radio"], [role="checkbox"], [role="switch"]):enabled:not([type="hidden"], [aria-hidden="true"])';

/** Who opens a form wants to write; without a field the first button gets the focus as usual. */
export function focusFirstField(event: Event): void {
	if (!(event.target instanceof HTMLElement)) return;
	const field = event.target.querySelector<HTMLElement>(firstField);
	if (field === null) return;
	event.preventDefault();
	field.focus();
}
