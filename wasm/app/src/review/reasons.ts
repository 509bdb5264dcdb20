/** Why something was found, in words: the engine's steps in the page's language. A step of a form that is not known stays as it is. */

import { t } from "../i18n/index.ts";
import { kindName } from "../kinds.ts";

type Say = (...parts: string[]) => string | null;

const STEPS: readonly (readonly [RegExp, Say])[] = [
  [/^[\d.]+ (deny-list|case-sheet) .*$/, () => null],
  [/^[\d.]+ ([A-Z_0-9]+) (.+)$/, (entity, pattern) => {
    const kind = kindName(entity ?? "");
    if (pattern === "tagger") return t("reason.tagger", { kind });
    if (pattern === "part-of-name") return t("reason.part");
    if (pattern === "cue" || pattern === "labelled") return t("reason.cue", { kind });
    if (pattern === "term" || pattern === "phrase") return t("reason.term", { kind });
    return t("reason.form", { kind });
  }],
  [/^[+\d.-]+ the field is called `(.+)`$/, (word) => t("reason.field", { word: word ?? "" })],
  [/^-[\d.]+ `(.+)` stands near$/, (word) => t("reason.against", { word: word ?? "" })],
  [/^\+?[\d.]* ?`(.+)` stands near$/, (word) => t("reason.near", { word: word ?? "" })],
  [/^its check holds \(one random value in (\d+) passes too\)$/, (n) => t("reason.check", { n: Number(n) })],
  [/^the same value was found elsewhere in the document$/, () => t("reason.same")],
  [/^the deny list holds it$/, () => t("reason.deny")],
  [/^the case sheet has it$/, () => t("reason.sheet")],
  [/^overlapping findings were joined$/, () => null],
  [/is below the threshold/, () => t("reason.below")],
];

export function reasons(why: readonly string[]): string[] {
  return why.flatMap((step) => {
    for (const [pattern, say] of STEPS) {
      const match = pattern.exec(step);
      if (match) return say(...match.slice(1)) ?? [];
    }
    return step.charAt(0).toUpperCase() + step.slice(1);
  });
}
