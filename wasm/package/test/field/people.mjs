/** Invented people, and where their data must not turn up. */
import { inflateRawSync } from "node:zlib";

export const NOTE = "Mrs. Maria Ngwenya called about her son.\nHer mail is maria.ngwenya@example.com; Mrs. Maria Ngwenya can be reached in the evening.";
export const CONTACT = "maria.ngwenya@example.com";
export const LETTER = "Dear Dr. Jonas Ekberg, please write to jonas.ekberg@example.org.";
/** Nothing that was sent may hold any of these. */
export const VALUES = ["Ngwenya", "Maria", "Ekberg", "Jonas", "maria.ngwenya@example.com", "jonas.ekberg@example.org"];

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
