/** Top-level domains that abuse reports name far more often than their size explains. */
export const riskyTopLevels: ReadonlySet<string> = new Set(
	"xyz top loan online club click icu cn tk ml ga cf gq work rest fit buzz cam monster quest cfd sbs zip mov country stream download gdn racing win bid".split(
		" ",
	),
);

/** The target is not what one sees. */
export const shorteners: ReadonlySet<string> = new Set(
	"bit.ly t.co tinyurl.com ow.ly is.gd buff.ly adf.ly cutt.ly rebrand.ly rb.gy shorturl.at t.ly v.gd tiny.cc bl.ink soo.gd s.id lnkd.in shorte.st bc.vc clck.ru".split(
		" ",
	),
);

export const secondLevels: ReadonlySet<string> = new Set(
	"co.uk org.uk ac.uk gov.uk com.au net.au org.au co.nz co.jp ne.jp or.jp com.br com.cn com.tr com.mx com.ar co.in co.kr co.za com.sg com.hk com.tw com.ua co.il".split(
		" ",
	),
);

export const lureWords: ReadonlySet<string> = new Set(
	"login signin logon account accounts verify verification secure security update bank banking payment payments free download admin password credential credentials confirm unlock suspended invoice wallet refund prize gift bonus recovery support".split(
		" ",
	),
);

/** Names that false pages like to wear. */
export const brands: ReadonlySet<string> = new Set(
	"paypal apple icloud microsoft office365 outlook google gmail amazon netflix facebook instagram whatsapp linkedin dropbox docusign coinbase binance metamask chase wellsfargo citibank hsbc barclays santander dhl fedex usps ups ebay steam steamcommunity roblox telegram twitter adobe github openai chatgpt".split(
		" ",
	),
);
