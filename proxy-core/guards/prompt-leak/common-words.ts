/** Words that a run can be full of without telling anything of the prompt it may come from. */
export const commonWords: ReadonlySet<string> = new Set(
	"a about after all also always an and answer answers any are as ask asked asks assistant at based be been before being best but by can cannot clear concise could detailed do does don for friendly from give given have helpful here how i if in information into is it its just language like make may me model more most must my need not of on one only or other our out please polite provide question questions respond response responses s safe should so some such t than that the their them then there these they this to up use used useful user users using want was we well what when where which while who will with without would you your".split(
		" ",
	),
);
