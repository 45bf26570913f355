import { wordKind } from "./word-kinds.ts";

/** Words that tell what stands beside them, in lower case and without accents. */
export const cueWords: readonly (readonly [kind: number, words: string])[] = [
	[
		wordKind.honorific,
		"mr mrs ms miss mx dr prof professor sir madam madame monsieur mme mlle herr frau hr fr senor senora senorita sr sra srta don dona dott dottor signor signora sig doctor rev reverend fr capt captain sgt lt col gen hon judge pan pani bay bayan mister mstr dhr mevr mevrouw meneer",
	],
	[
		wordKind.month,
		"january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec januar februar marz mai juni juli oktober dezember janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre dicembre janeiro fevereiro maio junho julho setembro outubro dezembro januari februari maart mei augustus",
	],
	[
		wordKind.weekday,
		"monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo",
	],
	[
		wordKind.street,
		"street st road rd avenue ave av drive dr lane ln boulevard blvd bvd court ct place pl terrace ter way parkway pkwy highway hwy square sq circle cir crescent cres close alley trail trl loop row mews plaza turnpike expressway freeway route strasse str gasse weg allee platz rue chemin impasse quai calle carrer avenida paseo rua travessa praca via viale piazza corso vicolo straat laan plein kade gracht gatan gata vagen vag vei veien vej gade alle katu tie ulica ul aleja utca ut ter ulice namesti cesta sokak caddesi cad cd sk mahallesi mah bulvari strada calea bulevardul ulitsa prospekt hill hills knoll ridge point crossing grove heights gardens",
	],
	[
		wordKind.unit,
		"apt apartment suite ste unit floor fl flat room rm bldg building box pobox apto piso etage wohnung dorm lot level",
	],
	[
		wordKind.companySuffix,
		"inc incorporated corp corporation co company llc llp ltd limited plc gmbh ag kg ohg ug se sa sas sarl srl spa sl bv nv ab as asa oy oyj aps kft zrt doo sro pty pte pvt lp ventures holdings holding group partners associates",
	],
	[
		wordKind.institution,
		"bank university college school institute hospital clinic church museum foundation association society club party committee council ministry department agency authority commission union league team band records press times post news studios pictures airlines airways motors industries technologies systems solutions services international entertainment insurance trust fund capital orchestra academy army navy force court bureau office board federation organization organisation electronics pharmaceuticals laboratories labs consulting media network networks united fc magazine journal",
	],
	[
		wordKind.landmark,
		"city county river lake mountain mountains mount mt valley island islands bay beach park bridge station airport harbor harbour port desert forest ocean sea gulf coast peninsula province state district region town village township borough hall castle palace tower cathedral north south east west northern southern eastern western central upper lower new old saint st san santa fort cape los las el",
	],
	[
		wordKind.domain,
		"com org net edu gov mil int info biz io dev app ai co me tv xyz online shop site store cloud tech uk de fr es it nl be ch at se no dk fi pl cz pt ie ru ua tr gr hu ro bg jp cn kr in au nz ca us br mx ar cl za eu ly gl gy",
	],
	[
		wordKind.direction,
		"north south east west northeast northwest southeast southwest n s e w ne nw sw",
	],
	[
		wordKind.particle,
		"de da di do dos das del della der den des du la le van von zu zum zur bin ibn al el ben abu ter ten af av y e o",
	],
	[
		wordKind.grammar,
		"i'm i'd i'll i've it's that's there's here's what's who's he's she's we're we've we'll we'd they're they've they'll you're you've you'll you'd let's don't doesn't didn't can't won't isn't aren't wasn't how's where's a an the and or but if then else when while of in on at to from by with without about as is are was were be been being am do does did have has had can could will would shall should may might must not no nor so too very this that these those it its he she him her his hers they them their theirs we us our ours you your yours i me my mine who whom whose which what where why how there here all any both each few more most other some such only own same than please hello hi hey dear thanks thank yes ok okay also however therefore after before during since until because although though unless whether let write create make give show tell explain describe translate summarize list find use using add see note der die das und oder ist sind ein eine einen einem einer wie was wo wer ich du er sie es wir ihr mein dein sein nicht mit von zu auf fur im am bei aus nach bitte les et ou est sont un une il elle nous vous je tu mon ma ton ta son sa pas avec pour dans sur par que qui los las y es son uno una yo ella nosotros mi no con para por en il lo gli e sono uno una io tu lui lei noi non per os as um uma eu ele ela nao com",
	],
	[
		wordKind.role,
		"manager director president secretary engineer developer officer minister chairman ceo cfo cto founder author writer actor actress singer guitarist drummer player coach captain doctor nurse teacher professor student patient customer client employee applicant candidate user owner lawyer attorney analyst accountant consultant assistant colleague friend brother sister mother father mom dad son daughter wife husband uncle aunt cousin neighbor neighbour boss cardiologist physician surgeon therapist",
	],
];
