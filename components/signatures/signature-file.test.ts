import { describe, expect, it } from "vitest";
import { ownSignatureSchema } from "../../proxy-core/contract/firewall-settings.ts";
import { mergeSignatures, readSignatureFile, signatureFile } from "./signature-file.ts";

const own = (id: string, title = "Title") =>
	ownSignatureSchema.parse({ id, title, literals: ["blue giraffe"] });

describe("the signature file", () => {
	it("reads what it wrote, and a bare list", () => {
		const signatures = [own("OWN-A"), own("OWN-B")];
		expect(readSignatureFile(signatureFile(signatures))).toEqual({ ok: true, signatures });
		expect(readSignatureFile(JSON.stringify(signatures))).toEqual({ ok: true, signatures });
	});

	it("says what is wrong, and where", () => {
		expect(readSignatureFile("{")).toEqual({ ok: false, message: "This is not JSON." });
		const read = readSignatureFile(JSON.stringify([{ ...own("OWN-A"), literals: ["<>"] }]));
		expect(read).toMatchObject({
			ok: false,
			message: expect.stringMatching(/^Signature 1, literals 1: /),
		});
		expect(readSignatureFile('{"signatures":7}').ok).toBe(false);
	});

	it("replaces signatures with the same id and keeps the others", () => {
		const merged = mergeSignatures([own("OWN-A"), own("OWN-B")], [own("OWN-B", "New")]);
		expect(merged.map(({ id, title }) => `${id} ${title}`)).toEqual(["OWN-A Title", "OWN-B New"]);
	});
});
