/** What stands before and after names of a kind, and before capitals that are none (H, A, N, T, R), parted by bars. */
export const contexts: Readonly<
	Record<string, { readonly before: string; readonly after: string }>
> = {
	P: {
		before:
			'||by|with|from|to|for|and|met|named|called|Mr.|Mrs.|Dr.|friend|singer|actor|president|minister|author|Name:|Patient:|Instructor:|Contact:|Employee:|Client:|Author:|Responsible:|Owner:|between|against|behalf of|told|asked|wife|son of|of|wrote to|played by|replaced|emailed|\n|\n|-|*|1.|"|(|via|about|like|than|directed by|written by|signed by|led by|according to|under|including|such as|champion|striker|coach|lawyer|chairman|secretary|judge|director|painter|composer|producer|drummer|spokesman|analyst|nurse|patient|customer|employee|tenant|driver|witness|suspect|brother|sister|father|mother|husband|daughter|uncle|aunt|colleague|boss|neighbour|teacher|student|professor|King|Queen|Prince|Sir|Lord|Saint|Pope|owner|founder|CEO|thank|congratulate|contact|call|ask|remind|invite|visit|saw|hired|married|defeated|beat|elected|appointed|with his wife|the late|a certain|one',
		after:
			"| said| says| was| is| has| had| will| and {P}|'s|,| ,| who| works| wrote| reviewed| submitted| called| lives| told| scored| (born 1970)| signed| ,| in {G}| of {O}| from {G}|, {P} and {P}|\n|\n|:|)|\"|?|!|;| ({D})|, {D}| - {R}|, {R}| joined| left| won| lost| played| married| died| became| moved| explained| added| argued| wants| needs| requested| reported| paid| received| ordered| asked| would| can| could| should| did| does| also| then| later| at {O}| on {D}| at {E}| via {E}| to| for| as| with| 's| 's {W}|'s {W}| & {P}| vs {P}| ( {C} )| ( {D} )| , {D}|, {G}| | {G}| or {P}|, MD|, PhD| Jr.| completed| processed| approved| rejected| scheduled| cancelled| administered| graduated| managed| manages| handles| prescribed| examined| treated| diagnosed| noticed| believes| remembered| forgot| promised| refused| agreed| decided| tried| started| stopped| finished| opened| closed| cooked| drove| walked| ran| sat| stood| smiled| laughed| cried| slept| woke| ate| drank| spent| saved| borrowed| lent| gave| handed| brought| picked| dropped| carried| collected| counted| painted| wrote to| read| sang| danced| plays| teaches| studies| runs| leads| lives| writes| calls| texted| emailed| replied| answered| complained| apologised| thanked| congratulated| invited| visited| met| hired| fired| trained| coached| taught| retired| resigned| quit| updated| confirmed| verified| checked| signed off| paid for| ordered| returned| bought| sold| earned| owed| owes",
	},
	F: {
		before:
			'||Hi|Hey|Hello|Dear|Thanks|Good morning|Morning|by|with|tell|ask|said|friend|brother|daughter|named|and|to|for|children:|team:|it is|see|called|from|love|sister|son|wife|husband|mom|dad|uncle|aunt|cousin|poor|little|young|old|when|if|that|because|but|so|let|give|show|help|thank|tell|remind|Good afternoon|Good evening|Evening|Afternoon|Bye|Yes|No|Ok|Sorry|Thx|@ {W}|Welcome|Congrats|\n|-|"|(|is|was|are|me and|like|than|Kind regards,|Cheers,|Best,|Love,|Yours,|From:|To:|Cc:',
		after:
			"|,| said| was| is| has| had| will| and {F}|'s|, {F} and {F}|, {F}, {F} and {F}|, please|, can you| gave {F}| likes| went| told {F}|!|:|?|.|\n| here| ({D})| wants| needs| asked| lives| buys| sells| eats| has {D}| bought {D}| thinks| knows| told| came| left| took| made| can| would| did| does| doesn't| isn't| at {E}| on {D}| {L}| or {F}|, thanks|, thank you|, could you|, I| and I| in {G}| from {O}| from {G}|'s {W}| and her| and his| to| for| as|; {F}| completed| processed| approved| rejected| scheduled| cancelled| administered| graduated| managed| manages| handles| prescribed| examined| treated| diagnosed| noticed| believes| remembered| forgot| promised| refused| agreed| decided| tried| started| stopped| finished| opened| closed| cooked| drove| walked| ran| sat| stood| smiled| laughed| cried| slept| woke| ate| drank| spent| saved| borrowed| lent| gave| handed| brought| picked| dropped| carried| collected| counted| painted| wrote to| read| sang| danced| plays| teaches| studies| runs| leads| lives| writes| calls| texted| emailed| replied| answered| complained| apologised| thanked| congratulated| invited| visited| met| hired| fired| trained| coached| taught| retired| resigned| quit| updated| confirmed| verified| checked| signed off| paid for| ordered| returned| bought| sold| earned| owed| owes",
	},
	L: {
		before:
			"||Mr.|Mrs.|Ms.|Dr.|Prof.|by|with|said|early|later|and|President|Judge|Captain|Senator|Coach|of|than|from|against|for|Mr|Mrs|Ms|Miss|Dr|Professor|Detective|Officer|Sergeant|Inspector|General|Colonel|Governor|Mayor|Minister|Chancellor|Sir|Lord|Lady|Herr|Frau|Madame|Monsieur|Señor|Señora|Signora|when|that|but|after|before|while|although|however ,|says|added|told|asked|see|cf.|Hey|Hi|Hello|Dear|beat|joined|team of|case of|theory of|\n|by {F}|{F}|(|and {L} ,",
		after:
			"| said| was| is| had|'s| 's| and {L}| wrote| argued| noticed| won| played| will| reviewed|,| ,| et al| scored|.|?|)| has| would| also| then| later| became| left| joined| returned| moved| died| born| believed| told| explained| added| did| could| must| et al.| ({D})| & {L}|, {L} and {L}| {D}|, {D}|, {F}| to| for| in {D}| of {O}| 's {W}|'s {W}|\n| completed| processed| approved| rejected| scheduled| cancelled| administered| graduated| managed| manages| handles| prescribed| examined| treated| diagnosed| noticed| believes| remembered| forgot| promised| refused| agreed| decided| tried| started| stopped| finished| opened| closed| cooked| drove| walked| ran| sat| stood| smiled| laughed| cried| slept| woke| ate| drank| spent| saved| borrowed| lent| gave| handed| brought| picked| dropped| carried| collected| counted| painted| wrote to| read| sang| danced| plays| teaches| studies| runs| leads| lives| writes| calls| texted| emailed| replied| answered| complained| apologised| thanked| congratulated| invited| visited| met| hired| fired| trained| coached| taught| retired| resigned| quit| updated| confirmed| verified| checked| signed off| paid for| ordered| returned| bought| sold| earned| owed| owes",
	},
	G: {
		before:
			"in|in|at|from|to|near|of|around|through|outside|via|towards|between|the city of|the town of|a village in|the state of|capital of|based in|located in|born in|a trip to|flight to|moved to|north of|office in|arrived in||visit|left|reached|downtown|Location:|City:|Place:|across|into|southern|university in|seminar for|travel to|drive to|fly to|live in|lives in|grew up in|died in|buried in|held in|made in|the province of|the county of|the region of|the district of|the island of|the port of|the suburbs of|the river|the lake|northern|eastern|western|central|rural|inner|south of|east of|west of|outside of|close to|bound for|headed to|trains to|roads to|people of|mayor of|bishop of|battle of|siege of|map of|history of|weather in|hotels in|restaurants in|jobs in|streets of|airport in|hospital in|church in|school in|prison in|factory in|plant in|warehouse in|shop in|store in|house in|apartment in|\n|-|(|,|and|all over|throughout|within|off|toward|leaving|entering|crossing|invaded|captured|our|the",
		after:
			"|.|,| ,| and {G}| is a town| has| on| last year| ( {C} )|, {C}| , {C}| where| area| region| in {C}| for| in 1998| by car|'s|\n|?|!|:| )|)| is| was| are| city| airport| office| branch| team| police| residents| county| district| station| to {G}| or {G}|, {G} and {G}|, {G}| , {G}|, {G}, {C}| with| at| after| before| since {D}| on {D}| in {D}|, {D}| {D}| when| which| until| again| today| tomorrow| yesterday| to| from| tour| trip| site| project| native| market| university| harbour| and the| as| 's| near {G}| by train",
	},
	C: {
		before:
			"in|from|to|of|across|the president of|south of|visit|Country:||and|for|against|government of|the people of|ambassador to|exports to|troops in|war with|border with|embassy of|travel to|born in|lives in|citizen of|the economy of|northern|southern|eastern|western|,|\n|(",
		after:
			"|,| ,| and {C}| is| has| was|'s| in 2002|\n| won|.|?| )|)| and| or {C}|, {C} and {C}| will| said| to| beat {C}| v {C}| {D}| where| 's| with| as| on {D}| for",
	},
	S: {
		before:
			"at|to|on|from|near|of|Address:|address:|lives at|located at|delivered to|sent to|office at|moved to|house at|visit|Ship to:|residing at|stay at|",
		after: "|,|.|, {G}|, {G}, {C}|, {D} {G}|\n{G}|\n{D} {G}|, {G} {D}| in {G}| on {D}|?|;",
	},
	O: {
		before:
			"at|for|by|with|from|joined|the|the|The|company|employer|bought|works at|signed with|||of|and|owned by|shares of|Employer:|Company:|Organisation:|client|founder of|president of|account at|sued|released on|partner|supplier|insurer|bank|member of|director of|spokesman for|CEO of|stake in|merger with|deal with|contract with|employees of|customers of|against|acquired|hired by|paid by|run by|provided by|according to|(|-|via|through|like",
		after:
			"| announced| said| reported| released|'s| employees| shares| supplied| manufactured| filed|,| ,| and {O}| in {G}| is a company| was founded| will| has| ( {O} )| acquired {O}|.|)| is| was| website| support| account| customers| app| store| products| sells| makes| offers| agreed| plans| , {O}|, {O} and {O}| based in {G}| branch in {G}| 's| bought| won| lost| beat {O}",
	},
	H: {
		before:
			'|||the|our|your|a|and|for|in|of|with|-|*|##|1.|\n|by|to|from|at|The|this|that|my|each|every|new|no||"|(|**|:|is|are|as|on|your|all|more|per|about|into',
		after:
			"|:|,|.|\n| and {H}| is| for| of| in|'s| -| with {H}|\n{H}\n{H}|!|?| are| were| should| must| can| will| the| a| to| from| by| on| {W}| {W} the| {D}| ({D})| that| and| or|)|\"|:**|: {H}| has| have| was| not| noted| required| at| as| if| how| what| your| my| it| all| de {H}| di {H}| del {H}| du {H}| des {H}| van {H}| y {H}| e {H}",
	},
	A: {
		before: "|the|an|our|your|via|in|of|with|for|by|and|from|on|to|per|my|use|{D}|{D},|(|is|, ",
		after:
			"|:|,| address| number| code| is| and {A}| for|.| file|\n| of|/{A}| {D}| {D},|: {D}| {D}.|)| #{D}|-{D}| no. {D}",
	},
	N: {
		before:
			"der|die|das|ein|eine|einer|im|am|zum|zur|des|dem|den|für|mit|von|und|bei|ist die|sind|mehr|viele|neue|aus der|über die|Der|Die|Das|erneuerbarer|in anderen|40|zwei|kein|keine|seine|ihre|unsere|jeder|jede|diese|dieser|welche|alle|nach|vor|ohne|gegen|durch|als|pro|großer|neue|",
		after:
			"| und {N}| ist| sind| der {N}| in {C}| des {N}|,|.| wird| hat| von {P}| für die {N}|?|:| kann| war| wurde| haben| im {N}| oder {N}| zu| mit {N}| {D}| zum {N}| zur {N}| von {N}| den {N}| das {N}| die {N}|\n{N}\n|: {N}, {N} und {N}| {W}",
	},
	T: {
		before: "|use|in|with|for|on|the|a|using|install|from|my|new|via|and|of|to|write a|open",
		after:
			"|,|.|?| and {T}| is| code| app| script| file| program| {D}| for| with| on| or {T}|'s| version| to|:",
	},
	R: {
		before: "|the|a|our|your|as|as a|Dear|for|to|by|and|Position:|Role:|Title:|former|new|the new",
		after: "|,|.|?|:| and {R}| is| at {O}| {P}| in {G}| for| who| role|\n| will| ({P})",
	},
	U: {
		before: "|the|a|in|of|and|by|from|many|two|an old|speak|learn",
		after: "|,|.| {W}| {H}| people| language| and {U}| government| team| is| food| {R} {P}| troops",
	},
};
