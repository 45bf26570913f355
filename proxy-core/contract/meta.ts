declare module "zod" {
	interface GlobalMeta {
		/** How the console shows the field. */
		ui?: { control: "secret" | "textarea" | "slider" | "list"; step?: number };
		/** The unit shown beside a number, such as `ms` or `requests/min`. */
		unit?: string;
	}
}

export {};
