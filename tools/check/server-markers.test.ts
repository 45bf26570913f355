import { expect, it } from "vitest";
import { findMarkers } from "./server-markers.ts";

it("names every trace of server code in a bundle", () => {
	const bundle = 'a.i(1),b=require("node:fs"),c="SELECT pg_advisory_lock($1)";';
	expect(findMarkers(bundle)).toEqual(["node:fs", "pg_advisory_lock"]);
});

it("finds nothing in a bundle for the browser", () => {
	expect(findMarkers('fetch("/api/v1/keys").then(e=>e.json())')).toEqual([]);
});
