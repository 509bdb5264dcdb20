import type { Decision, Entity, Finding } from "../types.js";

/** One value of the text with all places where it stands; a decision is about a value, not about a place. */
export interface Value {
  readonly key: string;
  readonly entity: Entity;
  /** As it is written first. */
  readonly text: string;
  readonly replacement: string;
  /** `undecided` for near misses, which stay unless somebody says otherwise. */
  readonly decision: Decision;
  /** Somebody decided otherwise than the policy. */
  readonly byHand: boolean;
  readonly places: readonly Place[];
}

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** How people write the same value: case and runs of blanks make no difference. */
export function keyOf(value: string): string {
  return value.normalize("NFC").toLocaleLowerCase("en").replace(/\s+/gu, " ").trim();
}

/**
 * The values of a text, in the order of their first places. `decided` holds what a person said; otherwise the policy decides,
 * and what the policy leaves to a person is redacted until somebody says that it stays. Near misses stay until somebody says
 * that they go.
 */
export function valuesOf(text: string, findings: readonly Finding[], decided: ReadonlyMap<string, Decision>): readonly Value[] {
  const values = new Map<string, { value: Value; places: Place[] }>();
  for (const finding of [...findings].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const written = text.slice(finding.start, finding.end);
    const key = keyOf(written);
    const known = values.get(key);
    if (known) {
      known.places.push({ start: finding.start, end: finding.end });
      // One value, one fate: the strictest when its places were judged differently.
      if (!decided.has(key) && strictness(policy(finding)) > strictness(known.value.decision)) known.value = { ...known.value, ...fate(finding) };
      continue;
    }
    const places = [{ start: finding.start, end: finding.end }];
    const said = decided.get(key);
    const value = { key, entity: finding.entity, text: written, ...fate(finding), byHand: said !== undefined && said !== policy(finding), places };
    values.set(key, { value: said ? { ...value, decision: said } : value, places });
  }
  return [...values.values()].map(({ value }) => value);
}

function fate(finding: Finding): Pick<Value, "decision" | "replacement"> {
  return { decision: policy(finding), replacement: finding.replacement ?? `[${finding.entity}]` };
}

function policy({ near, decision }: Finding): Decision {
  if (near) return "undecided";
  return decision === "keep" ? "keep" : "redact";
}

function strictness(decision: Decision): number {
  return ["keep", "undecided", "redact"].indexOf(decision);
}

/** Fewest characters of a value that is also replaced where nothing was found. */
const SHORTEST = 5;

/**
 * Adds the places where exactly the same is written between other characters than letters and digits. A detector judges places
 * by what stands around them; a text that is called redacted must not hold the value elsewhere.
 */
export function spread(text: string, values: readonly Value[]): readonly Value[] {
  const sought = new Map<string, number[]>();
  const first = new Set<number>();
  values.forEach((value, index) => {
    if (value.decision !== "redact" || value.text.length < SHORTEST || value.replacement.includes(value.text)) return;
    const beginning = value.text.slice(0, SHORTEST);
    first.add(beginning.charCodeAt(0));
    const alike = sought.get(beginning);
    if (alike) alike.push(index);
    else sought.set(beginning, [index]);
  });
  if (!sought.size) return values;

  const taken = new Uint8Array(text.length);
  for (const { places } of values) for (const { start, end } of places) taken.fill(1, start, end);
  const more = new Map<number, Place[]>();
  for (let start = 0; start + SHORTEST <= text.length; start++) {
    if (!first.has(text.charCodeAt(start)) || taken[start]) continue;
    for (const index of sought.get(text.slice(start, start + SHORTEST)) ?? []) {
      const written = values[index]?.text ?? "";
      const end = start + written.length;
      if (!text.startsWith(written, start) || inWord(text, start) || inWord(text, end) || taken[end - 1]) continue;
      taken.fill(1, start, end);
      more.set(index, [...(more.get(index) ?? []), { start, end }]);
    }
  }
  return values.map((value, index) => {
    const places = more.get(index);
    return places ? { ...value, places: [...value.places, ...places].sort((a, b) => a.start - b.start) } : value;
  });
}

function inWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}\p{M}]{2}/u.test(text.slice(Math.max(0, at - 1), at) + text.slice(at, at + 1));
}

/** The text with the replacements in place of what is redacted. Spans that overlap become one. */
export function redacted(text: string, values: readonly Value[]): string {
  const spans = values
    .filter(({ decision }) => decision === "redact")
    .flatMap(({ places, replacement }) => places.map((place) => ({ ...place, replacement })))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  let result = "";
  let from = 0;
  for (const { start, end, replacement } of spans) {
    if (start >= from) result += text.slice(from, start) + replacement;
    from = Math.max(from, end);
  }
  return result + text.slice(from);
}

/** Places by entity, of those that a test takes. */
export function counts(values: readonly Value[], test: (value: Value) => boolean): Readonly<Record<Entity, number>> {
  const counted: Record<Entity, number> = {};
  for (const value of values) if (test(value)) counted[value.entity] = (counted[value.entity] ?? 0) + value.places.length;
  return counted;
}
