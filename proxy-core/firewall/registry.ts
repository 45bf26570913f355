import type { Signature } from "./signature.ts";
import { tagCharacters } from "./tag-characters.ts";

export const signatures = [tagCharacters] as const satisfies readonly Signature[];
