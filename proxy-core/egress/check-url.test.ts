import { describe, expect, it } from "vitest";
import { GatewayError } from "../errors/gateway-error.ts";
import { allowedHostOf, createAllowList, parseAllowedHost } from "./allow-list.ts";
import { checkUrl } from "./check-url.ts";

function ruleOf(url: string, allowedHosts: readonly string[] = []): string | undefined {
	try {
		checkUrl(url, createAllowList(allowedHosts));
		return undefined;
	} catch (error) {
		if (GatewayError.is(error) && error.code === "egress.refused") return error.detail.rule;
		throw error;
	}
}

const hostile: readonly (readonly [url: string, rule: string])[] = [
	["", "not-a-url"],
	["api.openai.com/v1", "not-a-url"],
	["//api.openai.com/v1", "not-a-url"],
	["http://", "not-a-url"],
	["http://999.1.1.1/", "not-a-url"],
	["http://[::1/", "not-a-url"],
	["http://[fe80::1%25eth0]/", "not-a-url"],
	["http://a b/", "not-a-url"],
	["ftp://example.com/", "scheme"],
	["file:///etc/passwd", "scheme"],
	["gopher://example.com:70/_x", "scheme"],
	["javascript:alert(1)", "scheme"],
	["data:text/plain,x", "scheme"],
	["unix:/var/run/docker.sock", "scheme"],
	["http+unix://%2Fvar%2Frun%2Fdocker.sock/x", "scheme"],
	["ws://example.com/", "scheme"],
	["https://user@example.com/", "credentials"],
	["https://user:pass@example.com/", "credentials"],
	["https://:pass@example.com/", "credentials"],
	["https://example.com@127.0.0.1/", "credentials"],
	["http://exa\tmple.com/", "odd-form"],
	["http://example.com\n/", "odd-form"],
	["http:\\\\127.0.0.1\\", "odd-form"],
	["https://example.com\\@127.0.0.1/", "odd-form"],
	["http:example.com", "odd-form"],
	["http:///example.com", "odd-form"],
	[" http://example.com/", "odd-form"],
	["http://example.com./", "odd-form"],
	["http://ex%61mple.com/", "odd-form"],
	["http://ｅxample.com/", "odd-form"],
	["http://example。com/", "odd-form"],
	["http://8.8.2056/", "odd-form"],
	["http://134744072/", "odd-form"],
	["http://0x08080808/", "odd-form"],
	["http://010.8.8.8/", "odd-form"],
	["http://localhost/", "local-name"],
	["http://LOCALHOST:3000/", "local-name"],
	["http://foo.localhost/", "local-name"],
	["http://localhost.localdomain/", "local-name"],
	["http://ip6-localhost/", "local-name"],
	["http://printer.local/", "local-name"],
	["http://metadata.google.internal/computeMetadata/v1/", "local-name"],
	["http://router.lan/", "local-name"],
	["http://nas.home.arpa/", "local-name"],
	["http://127.0.0.1/", "loopback"],
	["http://127.0.0.1:8090/", "loopback"],
	["http://127.255.255.254/", "loopback"],
	["http://127.1/", "loopback"],
	["http://2130706433/", "loopback"],
	["http://0x7f000001/", "loopback"],
	["http://0x7f.0.0.1/", "loopback"],
	["http://0177.0.0.1/", "loopback"],
	["http://017700000001/", "loopback"],
	["http://1２7.0.0.1/", "loopback"],
	["http://①②⑦.0.0.1/", "loopback"],
	["http://127。0。0。1/", "loopback"],
	["http://127.0.0.1./", "loopback"],
	["http://%31%32%37.0.0.1/", "loopback"],
	["http://[::1]/", "loopback"],
	["http://[0:0:0:0:0:0:0:1]/", "loopback"],
	["http://[0000::0001]:11434/", "loopback"],
	["http://10.0.0.1/", "private"],
	["http://172.16.0.1/", "private"],
	["http://172.31.255.255/", "private"],
	["http://192.168.1.1/", "private"],
	["http://192.168.257/", "private"],
	["http://[fc00::1]/", "private"],
	["http://[fd00:ec2::254]/", "private"],
	["http://[fec0::1]/", "private"],
	["http://169.254.169.254/latest/meta-data/", "link-local"],
	["http://2852039166/", "link-local"],
	["http://0xa9fea9fe/", "link-local"],
	["http://[fe80::1]/", "link-local"],
	["http://100.64.0.1/", "shared"],
	["http://100.100.100.200/", "shared"],
	["http://168.63.129.16/", "cloud-metadata"],
	["http://224.0.0.1/", "multicast"],
	["http://255.255.255.255/", "multicast"],
	["http://[ff02::1]/", "multicast"],
	["http://0.0.0.0/", "reserved"],
	["http://0/", "reserved"],
	["http://0.1.2.3/", "reserved"],
	["http://[::]/", "reserved"],
	["http://192.0.0.192/", "reserved"],
	["http://192.0.2.1/", "reserved"],
	["http://198.51.100.1/", "reserved"],
	["http://203.0.113.1/", "reserved"],
	["http://198.18.0.1/", "reserved"],
	["http://198.19.255.255/", "reserved"],
	["http://192.88.99.1/", "reserved"],
	["http://240.0.0.1/", "reserved"],
	["http://[100::1]/", "reserved"],
	["http://[2001:db8::1]/", "reserved"],
	["http://[3fff::1]/", "reserved"],
	["http://[2001:2::1]/", "reserved"],
	["http://[2001:20::1]/", "reserved"],
	["http://[5f00::1]/", "reserved"],
	["http://[4000::1]/", "reserved"],
	["http://[::ffff:127.0.0.1]/", "embedded-ipv4"],
	["http://[::ffff:7f00:1]/", "embedded-ipv4"],
	["http://[::ffff:8.8.8.8]/", "embedded-ipv4"],
	["http://[0:0:0:0:0:ffff:a9fe:a9fe]/", "embedded-ipv4"],
	["http://[::127.0.0.1]/", "embedded-ipv4"],
	["http://[::7f00:1]/", "embedded-ipv4"],
	["http://[::ffff:0:7f00:1]/", "embedded-ipv4"],
	["http://[64:ff9b::7f00:1]/", "embedded-ipv4"],
	["http://[64:ff9b::10.0.0.1]/", "embedded-ipv4"],
	["http://[64:ff9b:1::7f00:1]/", "embedded-ipv4"],
	["http://[64:ff9b:1:ffff::a9fe:a9fe]/", "embedded-ipv4"],
	["http://[2002:7f00:1::]/", "tunnel"],
	["http://[2002:a9fe:a9fe::1]/", "tunnel"],
	["http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "tunnel"],
	["http://[2a00:1450::5efe:7f00:1]/", "tunnel"],
];

describe("checkUrl", () => {
	it.each(hostile)("refuses %j as %s", (url, rule) => {
		expect(ruleOf(url)).toBe(rule);
	});

	it.each([
		"https://api.openai.com/v1",
		"https://API.OpenAI.com/v1",
		"https://api.anthropic.com",
		"http://example.com:8080/a?b=c#d",
		"https://müller.example/",
		"https://xn--mller-kva.example/",
		"https://8.8.8.8/",
		"https://[2606:4700:4700::1111]/",
		"https://[2606:4700:4700:0:0:0:0:1111]/",
		"https://mylocal.example.com/",
		"https://internal.example.com/",
	])("lets %s pass", (url) => {
		expect(ruleOf(url)).toBeUndefined();
	});

	it("never repeats credentials from the URL", () => {
		expect(() => checkUrl("https://user:hunter2@example.com/", createAllowList([]))).toThrow(
			expect.objectContaining({ message: expect.not.stringContaining("hunter2") }),
		);
	});
});

describe("the operator's allow-list", () => {
	it.each([
		["localhost", "http://localhost:9999/"],
		["localhost:11434", "http://localhost:11434/"],
		["LOCALHOST:11434", "http://localhost:11434/"],
		["127.0.0.1:8080", "http://127.0.0.1:8080/v1"],
		["127.0.0.1", "http://127.0.0.1/"],
		["10.0.0.0/8", "http://10.20.30.40:1234/"],
		["10.0.0.0/8:443", "https://10.20.30.40/"],
		["::1", "http://[::1]:1/"],
		["[::1]:11434", "http://[::1]:11434/"],
		["fd00::/8", "http://[fd12::1]/"],
		["[fd00::]/8:80", "http://[fd12::1]/"],
		["models.internal", "https://models.internal/"],
	])("%s lets %s pass", (entry, url) => {
		expect(ruleOf(url, [entry])).toBeUndefined();
	});

	it.each([
		["localhost:11434", "http://localhost:11435/"],
		["127.0.0.1:8080", "http://127.0.0.1/"],
		["127.0.0.1:8080", "http://127.0.0.2:8080/"],
		["10.0.0.0/8", "http://11.0.0.1:1/", true],
		["10.0.0.0/8", "http://192.168.0.1/"],
		["models.internal", "http://evil.models.internal/"],
		["127.0.0.1", "http://[::ffff:127.0.0.1]/"],
		["127.0.0.1", "http://localhost/"],
		["127.0.0.1", "http://127.1/"],
	])("%s does not open %s", (entry, url, isPublic = false) => {
		expect(ruleOf(url, [entry]) === undefined).toBe(isPublic);
	});

	it.each([
		"",
		"http://localhost",
		"a b",
		"2130706433",
		"0x7f000001",
		"127.1",
		"10.0.0.0/33",
		"host:0",
		"host:70000",
		"[::1",
		"host/8",
		"user@host",
	])("refuses the entry %j", (entry) => {
		expect(parseAllowedHost(entry)).toBeUndefined();
		expect(() => createAllowList([entry])).toThrow(TypeError);
	});

	it.each([
		["http://localhost:11434/v1", "localhost:11434"],
		["http://127.0.0.1/v1", "127.0.0.1:80"],
		["https://models.internal/v1", "models.internal:443"],
		["http://[::1]:8000/", "[::1]:8000"],
	])("takes the origin of %s as %s", (url, entry) => {
		expect(allowedHostOf(url)).toBe(entry);
		expect(ruleOf(url, [entry])).toBeUndefined();
	});
});
