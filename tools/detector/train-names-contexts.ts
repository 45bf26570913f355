/** What stands before and after names of a kind, and before capitals that are none (H, A, N), parted by bars. */
export const contexts: Readonly<
	Record<string, { readonly before: string; readonly after: string }>
> = {
	P: {
		before:
			"||by|with|from|to|for|and|met|named|called|Mr.|Mrs.|Dr.|friend|singer|actor|president|minister|author|Name:|Patient:|Instructor:|Contact:|Employee:|Client:|Author:|Responsible:|Owner:|between|against|behalf of|told|asked|wife|son of|of|wrote to|played by|replaced|emailed|\n",
		after:
			"| said| says| was| is| has| had| will| and {P}|'s|,| ,| who| works| wrote| reviewed| submitted| called| lives| told| scored| (born 1970)| signed| ,| in {G}| of {O}| from {G}|, {P} and {P}|\n",
	},
	F: {
		before:
			"||Hi|Hey|Hello|Dear|Thanks|Good morning|Morning|by|with|tell|ask|said|friend|brother|daughter|named|and|to|for|children:|team:|it is|see",
		after:
			"|,| said| was| is| has| had| will| and {F}|'s|, {F} and {F}|, {F}, {F} and {F}|, please|, can you| gave {F}| likes| went| told {F}|!|:",
	},
	L: {
		before:
			"||Mr.|Mrs.|Ms.|Dr.|Prof.|by|with|said|early|later|and|President|Judge|Captain|Senator|Coach|of|than|from|against|for",
		after:
			"| said| was| is| had|'s| 's| and {L}| wrote| argued| noticed| won| played| will| reviewed|,| ,| et al| scored",
	},
	G: {
		before:
			"in|in|at|from|to|near|of|around|through|outside|via|towards|between|the city of|the town of|a village in|the state of|capital of|based in|located in|born in|a trip to|flight to|moved to|north of|office in|arrived in||visit|left|reached|downtown|Location:|City:|Place:|across|into|southern|university in|seminar for",
		after:
			"|.|,| ,| and {G}| is a town| has| on| last year| ( {C} )|, {C}| , {C}| where| area| region| in {C}| for| in 1998| by car|'s|\n",
	},
	C: {
		before:
			"in|from|to|of|across|the president of|south of|visit|Country:||and|for|against|government of",
		after: "|,| ,| and {C}| is| has| was|'s| in 2002|\n| won",
	},
	O: {
		before:
			"at|for|by|with|from|joined|the|the|The|company|employer|bought|works at|signed with|||of|and|owned by|shares of|Employer:|Company:|Organisation:|client|founder of|president of|account at|sued|released on",
		after:
			"| announced| said| reported| released|'s| employees| shares| supplied| manufactured| filed|,| ,| and {O}| in {G}| is a company| was founded| will| has| ( {O} )| acquired {O}",
	},
	H: {
		before: "|||the|our|your|a|and|for|in|of|with|-|*|##|1.|\n|by|to|from|at|The",
		after: "|:|,|.|\n| and {H}| is| for| of| in|'s| -| with {H}|\n{H}\n{H}|!|?",
	},
	A: {
		before: "|the|an|our|your|via|in|of|with|for|by|and|from|on|to|per|my|use",
		after: "|:|,| address| number| code| is| and {A}| for|.| file|\n| of|/{A}",
	},
	N: {
		before:
			"der|die|das|ein|eine|einer|im|am|zum|zur|des|dem|den|für|mit|von|und|bei|ist die|sind|mehr|viele|neue|aus der|über die|Der|Die|Das|erneuerbarer|in anderen|40|zwei",
		after: "| und {N}| ist| sind| der {N}| in {C}| des {N}|,|.| wird| hat| von {P}| für die {N}",
	},
};
