import { describe, expect, test } from "vitest";
import { permissionsOf, roles } from "../../lib/contracts/permissions.ts";
import { navigationFor, placeOf } from "./navigation.ts";

const pagesOf = (role: (typeof roles)[number]) =>
	navigationFor(permissionsOf(role)).flatMap((group) => group.items.map((item) => item.href));

describe("the navigation", () => {
	test("has its groups, none of them empty, for every role", () => {
		for (const role of roles) {
			const labels = navigationFor(permissionsOf(role)).map((group) => group.label);
			expect(labels).toEqual([null, "Security", "Intelligence", "Cost", "Operations"]);
		}
	});

	test("leaves out what a role may not see", () => {
		expect(pagesOf("admin")).toContain("/users");
		expect(pagesOf("operator")).not.toContain("/users");
		expect(pagesOf("viewer")).not.toContain("/keys");
		expect(pagesOf("viewer")).not.toContain("/playground");
	});

	test("knows where a page below an item belongs", () => {
		expect(placeOf("/requests/req_1")).toMatchObject({
			isExact: false,
			item: { label: "Requests" },
		});
		expect(placeOf("/requests")).toMatchObject({ isExact: true });
		expect(placeOf("/requestsx")).toBeUndefined();
	});
});
