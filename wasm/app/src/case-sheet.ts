/** What is known of the people, from the form to the TOML that `docs/case-sheet.md` describes. */

/** The parts that the form offers: the case sheet's role, and the word that labels call the person. */
export const PARTS = {
  client: { role: "client" },
  mother: { role: "relative", word: "mother" },
  father: { role: "relative", word: "father" },
  child: { role: "relative", word: "child", minor: true },
  sibling: { role: "relative", word: "sibling" },
  partner: { role: "relative", word: "partner" },
  relative: { role: "relative" },
  clinician: { role: "clinician" },
  official: { role: "official" },
  employer: { role: "employer" },
  other: { role: "third-party" },
} as const satisfies Record<string, { role: string; word?: string; minor?: boolean }>;

export type Part = keyof typeof PARTS;

/** One person of the form. Texts with several values have one a line. */
export interface Person {
  readonly part: Part;
  readonly names: string;
  /** `1984-05-02`, as a date field gives it. */
  readonly born: string;
  readonly phones: string;
  readonly emails: string;
  readonly addresses: string;
  readonly terms: string;
}

export const NOBODY: Person = { part: "client", names: "", born: "", phones: "", emails: "", addresses: "", terms: "" };

export function isEmpty(person: Person): boolean {
  return [person.names, person.born, person.phones, person.emails, person.addresses, person.terms].every((text) => text.trim() === "");
}

/** The sheet; a loaded file goes first, since its `version` has to. Empty where nothing is known. */
export function caseSheetToml(people: readonly Person[], loaded?: string): string {
  const known = people.filter((person) => !isEmpty(person));
  if (known.length === 0) return loaded ?? "";
  return `${[loaded?.trimEnd() ?? "version = 1", ...known.map(table)].join("\n\n")}\n`;
}

function table(person: Person): string {
  const part: { readonly role: string; readonly word?: string; readonly minor?: boolean } = PARTS[person.part];
  const rows = ["[[people]]", `role = ${quoted(part.role)}`];
  if (part.word) rows.push(`word = ${quoted(part.word)}`);
  if (part.minor) rows.push("minor = true");
  list(rows, "names", person.names);
  if (/^\d{4}-\d{2}-\d{2}$/.test(person.born)) rows.push(`born = [${person.born}]`);
  list(rows, "phones", person.phones);
  list(rows, "emails", person.emails);
  list(rows, "addresses", person.addresses);
  list(rows, "terms", person.terms);
  return rows.join("\n");
}

function list(rows: string[], key: string, text: string): void {
  const values = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  if (values.length > 0) rows.push(`${key} = [${values.map(quoted).join(", ")}]`);
}

/** A basic string. JSON's escapes are TOML's, but that TOML wants DEL escaped too. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("\u007f", "\\u007F");
}
