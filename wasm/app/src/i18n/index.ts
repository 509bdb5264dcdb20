/** The page's words, in one language at a time. */

import { en } from "./en.ts";
import { es } from "./es.ts";

/** A sentence, or one for one thing and one for more. `{name}` is filled in. */
export type Message = string | { readonly one: string; readonly other: string };
export type Key = keyof typeof en;
export type Dictionary = Readonly<Record<Key, Message>>;
export type Language = "en" | "es";

export const LANGUAGES: readonly Language[] = ["en", "es"];
const DICTIONARIES: Readonly<Record<Language, Dictionary>> = { en, es };

let language: Language = "en";
let plurals = new Intl.PluralRules("en");
let numbers = new Intl.NumberFormat("en");
const listeners = new Set<() => void>();

export function currentLanguage(): Language {
  return language;
}

export function setLanguage(next: Language): void {
  language = next;
  plurals = new Intl.PluralRules(next);
  numbers = new Intl.NumberFormat(next);
  document.documentElement.lang = next;
  document.title = t("app.title");
  for (const listener of [...listeners]) listener();
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language the address asks for, else the browser's, else English. */
export function preferredLanguage(): Language {
  const asked = [new URLSearchParams(location.search).get("lang") ?? "", ...navigator.languages];
  for (const tag of asked) {
    const found = LANGUAGES.find((known) => tag.toLowerCase().split("-")[0] === known);
    if (found) return found;
  }
  return "en";
}

export function hasMessage(key: string): boolean {
  return Object.hasOwn(en, key);
}

/** The message. `n` chooses between one and more; numbers are written as the language does. */
export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  const message = DICTIONARIES[language][key];
  const { n } = values;
  const text = typeof message === "string" ? message : typeof n === "number" && plurals.select(n) === "one" ? message.one : message.other;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? numbers.format(value) : value;
  });
}

export function formatNumber(value: number): string {
  return numbers.format(value);
}

export function formatBytes(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  let value = bytes;
  let at = 0;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at += 1;
  }
  const unit = units[at] ?? "byte";
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: at === 0 ? "long" : "short", maximumFractionDigits: value < 10 && at > 0 ? 1 : 0 }).format(value);
}
