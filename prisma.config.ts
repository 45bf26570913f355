import { defineConfig } from "prisma/config";

// The address is left out on purpose: nothing here connects. For `prisma migrate deploy` pass
// DATABASE_URL on the command line with `--url`.
export default defineConfig({
	schema: "prisma/schema.prisma",
	migrations: { path: "prisma/migrations" },
});
