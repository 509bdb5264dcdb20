import type { Decision } from "../types.js";
import { DARK, FAMILIES, LIGHT, type Colours, type Family } from "./families.js";

/** How a place is drawn: what it is by colour, what becomes of it by fill and line. */
export interface Mark {
  readonly range: Range;
  readonly family: Family;
  readonly decision: Decision;
}

const SELECTED = "subrosa-selected";
const DECISIONS: readonly Decision[] = ["redact", "undecided", "keep"];
const nameOf = (family: Family, decision: Decision): string => `subrosa-${family}-${decision}`;

/** Whether the browser can draw on text that it lays out. Without it there is the list. */
export const canHighlight = typeof CSS !== "undefined" && "highlights" in CSS && typeof Highlight === "function";

function registered(name: string): Highlight {
  let highlight = CSS.highlights.get(name);
  if (!highlight) {
    highlight = new Highlight();
    if (name === SELECTED) highlight.priority = 1;
    CSS.highlights.set(name, highlight);
  }
  return highlight;
}

/** The marks of one field. The registry is the document's: fields add to it and take away what is theirs. */
export class Marks {
  readonly #marks = new Map<Range, Highlight>();
  readonly #selected: Range[] = [];

  /** Shows these and no others; what is shown already is not touched. */
  show(marks: readonly Mark[]): void {
    if (!canHighlight) return;
    const wanted = new Map(marks.map(({ range, family, decision }) => [range, registered(nameOf(family, decision))]));
    for (const [range, highlight] of this.#marks) {
      if (wanted.get(range) === highlight) continue;
      highlight.delete(range);
      this.#marks.delete(range);
    }
    for (const [range, highlight] of wanted) {
      if (this.#marks.has(range)) continue;
      highlight.add(range);
      this.#marks.set(range, highlight);
    }
  }

  select(ranges: readonly Range[]): void {
    if (!canHighlight) return;
    const selected = registered(SELECTED);
    for (const range of this.#selected.splice(0)) selected.delete(range);
    for (const range of ranges) {
      const copy = range.cloneRange();
      selected.add(copy);
      this.#selected.push(copy);
    }
  }

  clear(): void {
    this.show([]);
    this.select([]);
  }
}

/**
 * Rules for the text in `scope`. On a mirror the fill is laid over the control, so with forced colours, which have no blending,
 * only lines are drawn there.
 */
export function highlightCss(light: string, dark: string, over: boolean): string {
  const rules: string[] = [];
  for (const family of FAMILIES) {
    for (const decision of DECISIONS) {
      rules.push(rule(light, family, decision, LIGHT[family]), rule(dark, family, decision, DARK[family]));
    }
  }
  rules.push(`${light}::highlight(${SELECTED}) { background-color: #ffd54a; text-decoration: underline solid #1a1a1a 2px; }`);
  rules.push(`${dark}::highlight(${SELECTED}) { background-color: #6b5200; text-decoration: underline solid #fff 2px; }`);
  const forced = [light, dark].flatMap((scope) => [
    ...FAMILIES.flatMap((family) =>
      DECISIONS.map((decision) => {
        const fill = decision === "redact" && !over ? "background-color: Mark; color: MarkText;" : "background-color: transparent;";
        return `${scope}::highlight(${nameOf(family, decision)}) { ${fill} text-decoration: ${line(decision, "Highlight")}; }`;
      }),
    ),
    `${scope}::highlight(${SELECTED}) { background-color: transparent; text-decoration: underline double Highlight 3px; }`,
  ]);
  return `${rules.join("\n")}\n@media (forced-colors: active) {\n${forced.join("\n")}\n}`;
}

function rule(scope: string, family: Family, decision: Decision, { tint, line: colour }: Colours): string {
  const fill = decision === "redact" ? tint : "transparent";
  return `${scope}::highlight(${nameOf(family, decision)}) { background-color: ${fill}; text-decoration: ${line(decision, colour)}; }`;
}

function line(decision: Decision, colour: string): string {
  const style = decision === "redact" ? "solid" : decision === "keep" ? "dotted" : "dashed";
  return `underline ${style} ${colour} 2px`;
}
