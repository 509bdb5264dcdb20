/** From words selected on a picture to the engine's text of the page. Line ends and spaces differ between the two; letters do not. */

import type { Block } from "subrosa";

export type PageWords = readonly Block[];

export interface Located {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** `before` is what stands on the page in front of the selection: of several equal texts it tells which. */
export function locate(words: PageWords, before: string, selected: string): Located | null {
  const wanted = bare(selected);
  if (wanted === "") return null;
  const nth = occurrences(bare(before + selected), wanted) - 1;
  const found: Located[] = [];
  for (const block of words) {
    const letters: number[] = [];
    let text = "";
    for (let at = 0; at < block.text.length; at += 1) {
      const sign = block.text[at] ?? "";
      if (/\s/.test(sign)) continue;
      letters.push(at);
      text += sign;
    }
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const from = letters[at] ?? 0;
      const to = (letters[at + wanted.length - 1] ?? 0) + 1;
      found.push({ node: block.node, start: block.start + from, end: block.start + to, text: block.text.slice(from, to) });
    }
  }
  return found[Math.max(0, nth)] ?? found[0] ?? null;
}

function bare(text: string): string {
  return text.replace(/\s+/g, "");
}

function occurrences(text: string, wanted: string): number {
  let count = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) count += 1;
  return count;
}
