/** What the person chose on the start screen. Lives in memory only: closing the page forgets it. */

import type { Options } from "subrosa";
import { caseSheetToml, type Person } from "./case-sheet.ts";
import { createStore } from "./store.ts";

export interface Settings {
  readonly policy: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly people: readonly Person[];
  /** A case sheet file that was loaded, as it is. */
  readonly sheetFile: { readonly name: string; readonly toml: string } | null;
  readonly recipient: string;
  /** One a line. */
  readonly terms: string;
  readonly keepTerms: string;
  readonly passwords: string;
  /** Hexadecimal; empty makes a new one for this visit. */
  readonly key: string;
  readonly keysOn: boolean;
  /** Single keys that somebody chose, by what they do. */
  readonly keys: Readonly<Record<string, string>>;
}

export const DEFAULT_POLICY = "redact";

export const settings = createStore<Settings>({
  policy: DEFAULT_POLICY,
  parameters: {},
  people: [],
  sheetFile: null,
  recipient: "",
  terms: "",
  keepTerms: "",
  passwords: "",
  key: "",
  keysOn: true,
  keys: {},
});

const visitKey = crypto.getRandomValues(new Uint8Array(32));

export function lines(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

/** A key as people paste it, or null where it is none. */
export function parseKey(hex: string): Uint8Array | null {
  const digits = hex.replace(/\s/g, "");
  if (digits.length < 64 || digits.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(digits)) return null;
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Options for the engine. `password` and `onUnread` are answers to a question about one file. */
export function engineOptions(needsKey: boolean, asked: readonly string[], answers: { readonly passwords?: readonly string[]; readonly onUnread?: Options["onUnread"] } = {}): Options {
  const chosen = settings.get();
  const passwords = [...lines(chosen.passwords), ...(answers.passwords ?? [])];
  const parameters = Object.fromEntries(asked.map((name) => [name, (chosen.parameters[name] ?? "").trim()] as const).filter(([, value]) => value !== ""));
  const caseSheet = caseSheetToml(chosen.people, chosen.sheetFile?.toml);
  const terms = lines(chosen.terms);
  const keep = lines(chosen.keepTerms);
  return {
    policy: chosen.policy,
    near: 0.3,
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(terms.length > 0 && { deny: terms }),
    ...(keep.length > 0 && { keep }),
    ...(caseSheet !== "" && { caseSheet }),
    ...(chosen.recipient.trim() !== "" && { recipient: chosen.recipient.trim() }),
    ...(needsKey && { key: parseKey(chosen.key) ?? visitKey }),
    ...(passwords.length > 0 && { passwords }),
    ...(answers.onUnread && { onUnread: answers.onUnread }),
  };
}
