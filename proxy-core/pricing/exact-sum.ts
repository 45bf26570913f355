/**
 * A sum of whole amounts without rounding. Doubles hold it as long as they are exact, which is for any
 * usual request; a million tokens at 600 dollars per million in units of a third of a millionth of a
 * micro-dollar are not, and go on as bigint.
 */
export class ExactSum {
	#small = 0;
	#large = 0n;

	/** Adds `count × rate × unit`, each of them whole and not negative. */
	add(count: number, rate: number, unit: number): void {
		const next = this.#small + count * rate * unit;
		// Whatever is exact is below this bound, and whatever is not is rounded to this bound or above.
		if (next <= Number.MAX_SAFE_INTEGER) this.#small = next;
		else this.#large += BigInt(count) * BigInt(rate) * BigInt(unit);
	}

	/** How often `divisor` goes into the sum, rounded up. */
	dividedUp(divisor: number): number {
		if (this.#large > 0n) {
			const whole = this.#large + BigInt(this.#small);
			return Number((whole + BigInt(divisor) - 1n) / BigInt(divisor));
		}
		const rest = this.#small % divisor;
		return (this.#small - rest) / divisor + (rest > 0 ? 1 : 0);
	}
}
