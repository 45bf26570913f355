export function Logo({ className }: { readonly className?: string }) {
	return (
		<svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
			<rect width="32" height="32" rx="8" className="fill-accent-fill" />
			<path
				d="M16 6.5 24 9.6v6.1c0 4.8-3.2 8.3-8 9.8-4.8-1.5-8-5-8-9.8V9.6Z"
				fill="none"
				stroke="#fff"
				strokeWidth="2"
				strokeLinejoin="round"
			/>
			<path
				d="M11 15.8h3l1.6-3 2 6 1.5-3H21"
				fill="none"
				stroke="#fff"
				strokeWidth="1.8"
				strokeLinecap="round"
				strokeLinejoin="round"
			/>
		</svg>
	);
}
