import type { NameSource } from "./train-names-fillers.ts";

/** Names of fields by what their values are: slots of `nameTemplates`, X for what is no name. */
const fields: Readonly<Record<string, readonly string[]>> = {
	P: split(
		"Name|Full Name|Full name|Customer|Customer Name|Patient|Patient Name|Client|Client Name|Employee|Employee Name|Applicant|Candidate|Account Holder|Account Name|Cardholder|Cardholder Name|Contact|Contact Person|Primary Contact|Emergency Contact|Next of Kin|Spouse|Guardian|Parent/Guardian|Witness|Signatory|Signature|Signed by|Prepared by|Approved by|Reviewed by|Submitted by|Created by|Led by|Conducted by|Author|Authors|Reporter|Assignee|Assigned to|Manager|Supervisor|Doctor|Physician|Referring Physician|Attending Physician|Provider|Nurse|Therapist|Instructor|Teacher|Student|Student Name|Professor|Driver|Driver Name|Passenger|Guest|Guest Name|Tenant|Landlord|Buyer|Seller|Shipper|Receiver|Recipient|Sender|Payee|Payer|Beneficiary|Policyholder|Insured|Claimant|Complainant|Respondent|Plaintiff|Defendant|Judge|Officer|Investigator|Caretaker|Resident caretaker|Owner|Borrower|Lender|Donor|Member|Subscriber|User|Agent|Representative|Attention|Attn|Bill to|Ship to|From|To|CC|Cc|RE|Speaker|Host|Moderator|Participants|Attendees|Team|Mother|Father|Child|Reference|Captain|Coach|Artist|Director|Head|Founder|Kunde|Ansprechpartner|Versicherter|Mitarbeiter|Nom complet|Nom et prénom|Titulaire|Client(e)|Nombre completo|Cliente|Paciente|Titular|Nome completo|Intestatario|Paziente|Naam|Klant|Navn|Namn|Kund|Nimi|Imię i nazwisko|Jméno|Ad Soyad|Nume|Név|Nama",
	),
	F: split(
		"First Name|First name|Given Name|Given name|Nickname|Preferred Name|Middle Name|Vorname|Prénom|Nombre|Nome|Voornaam|Fornavn|Förnamn|Imię|Etunimi|Ad|Contact|Name|User|Agent",
	),
	L: split(
		"Last Name|Last name|Surname|Family Name|Maiden Name|Mother's Maiden Name|Nachname|Familienname|Nom|Nom de famille|Apellido|Apellidos|Cognome|Sobrenome|Achternaam|Etternavn|Efternamn|Nazwisko|Sukunimi|Soyad|Name|Doctor",
	),
	G: split(
		"City|Town|Location|Place|Place of Birth|Birthplace|Hometown|Destination|Origin|Departure|Arrival|State|Province|County|Region|Site|Branch|Venue|Residence|Office|Port|Residence State|Evaluation Site|Stadt|Ort|Wohnort|Geburtsort|Ville|Lieu de naissance|Ciudad|Lugar|Città|Luogo di nascita|Cidade|Plaats|Woonplaats|By|Stad|Miasto|Město|Şehir|Oraș|Kota",
	),
	C: split(
		"Country|Country of Birth|Country of Residence|Citizenship|Nation|Land|Pays|País|Paese|Kraj|Ülke",
	),
	S: split(
		"Address|Street|Street Address|Home Address|Billing Address|Shipping Address|Mailing Address|Residential Address|Property Address|Residence|Anschrift|Adresse|Straße|Dirección|Domicilio|Indirizzo|Endereço|Adres|Adress",
	),
	O: split(
		"Company|Company Name|Employer|Organization|Organisation|Vendor|Supplier|Bank|Bank Name|Hospital|School|University|Insurer|Insurance Provider|Carrier|Merchant|Issuer|Manufacturer|Publisher|Sponsor|Firma|Arbeitgeber|Entreprise|Employeur|Empresa|Azienda|Bedrijf|Företag",
	),
	X: split(
		"Date|DOB|D.O.B.|Date of Birth|Birthdate|Birth Date|SSN|Social Security Number|Phone|Phone Number|Tel|Tele|Telephone|Mobile|Cell|Fax|Email|E-mail|Email Address|Gender|Sex|Age|Account|Account Number|Account No|Routing Number|Sort Code|IBAN|BIC|SWIFT|CVV|CVC|PIN|OTP|VIN|IMEI|MAC|IP|IP Address|URL|Website|User ID|Username|Password|Order|Order ID|Order Number|Invoice|Invoice No|Policy Number|Policy No|Claim Number|Case No|Case ID|Ticket|Ticket ID|MRN|NPI|DEA|Diagnosis|Medication|Allergies|Dosage|Prescription|Findings|Assessment|Symptoms|Status|Priority|Severity|Category|Type|Subject|Topic|Title|Description|Details|Notes|Comments|Remarks|Summary|Incident Summary|Reason|Purpose|Amount|Total|Total Amount|Subtotal|Tax|Taxes & Fees|Fees|Balance|Currency|Due Date|Payment|Payment Method|Plan|Program|Product|Item|Items|Quantity|Size|Color|Colour|Weight|Height|Eye Color|Blood Type|Marital Status|Occupation|Position|Job Title|Role|Department|Salary|Start Date|End Date|Expiry|Expiration Date|Registration No|Registration Number|Serial No|License|Licence Number|License Plate|Passport|Passport Number|Driver License|ID|ID Number|National ID|Employee ID|Customer ID|Tax ID|Biometric ID|Reference Number|Policy Ref|Ref|Device|Browser|User Agent|Platform|Version|Language|Timezone|Sector|Industry|Focus|Strategy|Objective|Vessel Name|Vehicle|Vehicles|Model|Year|Time|Duration|Session|Course|Grade|Score|Rating|Priority Level|Attachment|Attachments|Instructions|Note|ZIP|Zip Code|Postcode|Postal Code|Routing|Support Line|Geburtsdatum|Telefon|Kundennummer|Rechnungsnummer|Betreff|Betrag|Datum|PLZ|Steuernummer|Versicherungsnummer|Date de naissance|Téléphone|Numéro de client|Objet|Montant|Code postal|Fecha de nacimiento|Teléfono|Correo electrónico|Asunto|Importe|Código postal|Data di nascita|Telefono|Codice fiscale|Oggetto|Importo|Data de nascimento|Telefone|Assunto|Valor|Geboortedatum|Telefoonnummer|Onderwerp|Bedrag|Fødselsdato|Födelsedatum|Belopp|Data urodzenia|Numer telefonu|Kwota|Datum narození|Doğum Tarihi|Tutar|Data nașterii|Születési dátum|Tanggal Lahir|Nomor Telepon",
	),
};

const headings = split(
	"Customer Details|Invoice|Incident Report|Patient Record|Employee Record|Application Form|Customer Complaint Form|Bill of Lading|Discharge Summary|Loan Application|Insurance Claim|Purchase Order|Registration Form|Shipping Manifest|Certificate of Deposit|Compliance Certificate|Performance Review|Medical History|Rental Agreement|Security Incident|Transaction Receipt|Booking Confirmation|Support Ticket|Kundendaten|Rechnung|Facture|Formulaire d'inscription|Factura|Solicitud|Fattura|Modulo di iscrizione|Fatura|Factuur|Faktura",
);

/** What parts a field from its value, what opens a field, and what ends it. */
const layouts: readonly (readonly [opening: string, joint: string, ending: string])[] = [
	["", ": ", "\n"],
	["", ": ", "\n"],
	["", ": ", "\n"],
	["", ": ", "<br>"],
	["", ": ", ", "],
	["", ": ", "; "],
	["", ": ", " | "],
	["", ": ", ". "],
	["", ": ", " "],
	["- ", ": ", "\n"],
	["* ", ": ", "\n"],
	["- **", ":** ", "\n"],
	["**", ":** ", "\n"],
	["**", "**: ", "\n"],
	["<p>", ": ", "</p>"],
	["<b>", ":</b> ", "<br/>"],
	["<td>", "</td><td>", "</td>\n"],
	["| ", " | ", " |\n"],
	["", "\n", "\n\n"],
	["", " - ", "\n"],
	["", "\t", "\n"],
	["", ", ", "; "],
	["", " ", ", "],
	['"', '": "', '",\n'],
	["  ", ": ", "\n"],
	["", " :  ", "\n"],
];

/** A form in the notation of templates: three to nine fields in one layout. */
export function writeForm(source: NameSource): string {
	const pick = <Item>(items: readonly Item[]): Item | undefined =>
		items[Math.floor(source.chance() * items.length)];
	const [opening, joint, ending] = pick(layouts) ?? ["", ": ", "\n"];
	const count = 3 + Math.floor(source.chance() * 7);
	const head =
		source.chance() < 0.3 ? `${pick(headings) ?? ""}${ending === "\n" ? "\n" : " | "}` : "";
	let text = head;
	for (let made = 0; made < count; made += 1) {
		const kind = pick("PPPFLGGCSOXXXXXXX".split("")) ?? "X";
		const label = pick(fields[kind] ?? []) ?? "";
		const value = kind === "X" ? (pick(plainValues) ?? "{D}") : pick(values[kind] ?? [`{${kind}}`]);
		text += `${opening}${label}${joint}${value}${ending}`;
	}
	return text;
}

const plainValues = split(
	"{D}|{D}|{D}|{D}|{D}|{D} {D}|{E}|{E}|{H}|{H}|{T}|{R}|{Q}|{U}|{H} {W} {W}|{H} {W} {W} {H}|Yes|No|N/A|Pending|Male|Female|Married|Single|Open|Closed|High|Full-time|{W} {W}|{R}, {H}",
);
const values: Readonly<Record<string, readonly string[]>> = {
	P: [
		"{P}",
		"{P}",
		"{P}",
		"{F}",
		"{L}",
		"Dr. {P}",
		"Mrs. {L}",
		"{P}, {R}",
		"{P}, {P}",
		"{P} ({R})",
		"{L}, {F}",
	],
	G: ["{G}", "{G}", "{G}", "{G}, {C}", "{G}, {G}"],
	S: ["{S}", "{S}, {G}", "{S}, {G}, {C}", "{S}, {D}, {G}"],
};

function split(words: string): readonly string[] {
	return words.split("|");
}
