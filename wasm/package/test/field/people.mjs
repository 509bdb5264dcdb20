/** Invented people, and where their data must not turn up. */
import { inflateRawSync } from "node:zlib";

export const NOTE =
  "Mrs. Maria Ngwenya (born 3 March 1980, SSN 219-09-9999) called about her son.\nHer mail is maria.ngwenya@example.com, her phone (555) 555-0142; Mrs. Maria Ngwenya can be reached in the evening.";
export const CONTACT = "maria.ngwenya@example.com";
export const LETTER = "Dear Dr. Jonas Ekberg, please write to jonas.ekberg@example.org.";
/** Nothing that was sent may hold any of these. */
export const VALUES = ["Ngwenya", "Maria", "3 March 1980", "219-09-9999", "555-0142", "maria.ngwenya@example.com", "Ekberg", "Jonas", "jonas.ekberg@example.org"];
/** Of the example letter that is a Word document: text, header, footer, comments, tracked changes, properties. */
export const LETTER_VALUES = ["Pellerin", "Augustin", "Castellane", "Thorne", "70031946", "11/04/1932", "555-0133", "555-0188", "555-0177", "555-0121", "Marchbanks", "Aubrey", "clementine.aubrey@example.net", "wthorne@tamarind.example.org"];

/** The values that a sent body holds, in whatever way it is written. */
export function found(body, values = VALUES) {
  const texts = [body.toString("utf8"), body.toString("utf16le"), body.toString("latin1"), ...unzipped(body).map((part) => part.toString("utf8"))];
  for (const text of [...texts]) {
    try {
      texts.push(decodeURIComponent(text.replaceAll("+", " ")));
    } catch {
      // Not of that kind.
    }
    // Runs of a document cut words anywhere.
    texts.push(text.replace(/<[^>]*>/gu, ""));
  }
  const all = texts.join("\n").toLowerCase();
  return values.filter((value) => all.includes(value.toLowerCase()));
}

/** What the zip archives in a body hold. */
export function unzipped(body) {
  const parts = [];
  for (let at = body.indexOf("PK\u0001\u0002", 0, "latin1"); at >= 0; at = body.indexOf("PK\u0001\u0002", at + 4, "latin1")) {
    const [method, packed] = [body.readUInt16LE(at + 10), body.readUInt32LE(at + 20)];
    const local = body.indexOf("PK\u0003\u0004", 0, "latin1") + body.readUInt32LE(at + 42);
    const start = local + 30 + body.readUInt16LE(local + 26) + body.readUInt16LE(local + 28);
    const bytes = body.subarray(start, start + packed);
    parts.push(method === 8 ? inflateRawSync(bytes) : bytes);
  }
  return parts;
}
