import { createHash } from "node:crypto";

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const bech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const addressBytes = 25;

/** Bitcoin's older addresses: 21 bytes and the first four of their digest's digest. */
export function passesBase58Check(address: string): boolean {
	let value = 0n;
	for (const character of address) {
		const digit = base58.indexOf(character);
		if (digit < 0) return false;
		value = value * 58n + BigInt(digit);
	}
	const hex = value.toString(16);
	if (hex.length > addressBytes * 2) return false;
	const bytes = Buffer.from(hex.padStart(addressBytes * 2, "0"), "hex");
	const once = createHash("sha256").update(bytes.subarray(0, 21)).digest();
	return createHash("sha256").update(once).digest().subarray(0, 4).equals(bytes.subarray(21));
}

const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** BIP 173 and BIP 350, for the prefix `bc`. */
export function passesBech32(address: string): boolean {
	const text = address.toLowerCase();
	if (address !== text && address !== address.toUpperCase()) return false;
	let check = 1;
	const values = [3, 3, 0, 2, 3, ...Array.from(text.slice(3), (letter) => bech32.indexOf(letter))];
	for (const value of values) {
		if (value < 0) return false;
		const top = check >>> 25;
		check = ((check & 0x1ffffff) << 5) ^ value;
		for (let bit = 0; bit < 5; bit += 1) {
			if ((top >>> bit) & 1) check ^= generator[bit] ?? 0;
		}
	}
	return check === 1 || check === 0x2bc830a3;
}
