/** The engine's reasons in the page's language, where it knows the sentence; else as they are. */

import { currentLanguage } from "../i18n/index.ts";
import { SPANISH_REASONS } from "../i18n/reasons-es.ts";

export function reasons(why: readonly string[]): string[] {
  if (currentLanguage() === "en") return why.map(capital);
  return why.map((sentence) => {
    for (const [pattern, spanish] of SPANISH_REASONS) if (pattern.test(sentence)) return capital(sentence.replace(pattern, spanish));
    return capital(sentence);
  });
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
