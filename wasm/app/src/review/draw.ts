/**
 * Blocks of a document as HTML. Text nodes hold the segment's text sign for sign, so that a selection can be counted back; but for
 * cells that a reader sees something else in, which are chosen as a whole.
 */

import type { Block, Place } from "subrosa";
import { h } from "../dom.ts";
import { placeWords } from "../i18n/engine-words.ts";
import { t } from "../i18n/index.ts";
import { family, kindName, tag } from "../kinds.ts";

export interface Drawing {
  placesOf(node: number): readonly Place[];
  readonly preview: boolean;
  /** Tables whose first row names the columns. */
  readonly tabular: boolean;
}

type Run = NonNullable<Block["runs"]>[number];

/** Draws consecutive blocks; `before` is the block that stands in front of the first. */
export function drawBlocks(blocks: readonly Block[], before: Block | undefined, drawing: Drawing): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let section = before?.section;
  let heading = 3;
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at];
    if (!block) continue;
    if (block.section !== section) {
      fragment.append(sectionHeading(block, section === undefined));
      section = block.section;
      heading = 3;
    }
    if (block.shape === "cell" && block.table !== undefined) {
      let end = at + 1;
      while (blocks[end]?.shape === "cell" && blocks[end]?.table === block.table && blocks[end]?.section === section) end += 1;
      fragment.append(table(blocks.slice(at, end), drawing));
      at = end - 1;
    } else if (block.shape === "heading") {
      heading = Math.min(3 + (block.level ?? 1), heading + 1, 6);
      fragment.append(withText(h("p", { class: `block heading level-${Math.min(block.level ?? 1, 4)}`, role: "heading", "aria-level": heading }), block, drawing));
    } else {
      fragment.append(simple(block, drawing));
    }
  }
  return fragment;
}

function sectionHeading(block: Block, first: boolean): HTMLElement {
  return h("h3", { class: first ? "section first" : "section" }, h("span", { data: { section: block.section } }, placeWords(block.section)), !block.visible && h("span", { class: "unseen" }, t("document.unseen")));
}

function simple(block: Block, drawing: Drawing): HTMLElement {
  const unseen = block.visible ? "" : " unseen-text";
  switch (block.shape) {
    case "item":
      return withText(h("p", { class: `block item depth-${Math.min(block.level ?? 1, 5)}${unseen}` }), block, drawing);
    case "field":
    case "cell": {
      const value = withText(h("span", { class: "field-value" }), block, drawing);
      return h("p", { class: `block field${unseen}` }, block.label && h("span", { class: "field-label" }, block.label), value);
    }
    default:
      return withText(h("p", { class: `block ${block.shape}${unseen}` }), block, drawing);
  }
}

function table(cells: readonly Block[], drawing: Drawing): HTMLElement {
  const rows = new Map<number, Map<number, Block[]>>();
  let columns = 1;
  for (const cell of cells) {
    const row = rows.get(cell.row ?? 1) ?? new Map<number, Block[]>();
    rows.set(cell.row ?? 1, row);
    const column = cell.column ?? 1;
    columns = Math.max(columns, column);
    row.set(column, [...(row.get(column) ?? []), cell]);
  }
  // A column far to the right makes no thousand empty cells.
  const used = columns <= 64 ? Array.from({ length: columns }, (_, column) => column + 1) : [...new Set(cells.map((cell) => cell.column ?? 1))].sort((a, b) => a - b);
  const body = h("tbody");
  const element = h("table", { class: used.length > 4 ? "block table wide" : "block table" });
  // The pieces of a long table have to stand under each other.
  if (used.length > 4) element.style.width = `${used.length * 9.5}rem`;
  const names = new Map<number, string>();
  for (const cell of cells) if (cell.label && cell.row !== 1) names.set(cell.column ?? 1, cell.label);
  const labelled = [...(rows.get(1) ?? [])].filter(([column, blocks]) => names.get(column) === blocks[0]?.text).length;
  const hasHeader = rows.has(1) && (drawing.tabular || labelled > 0);
  if (!rows.has(1) && names.size > 0) {
    // The table goes on here: its columns' names again, for the eye only.
    element.append(h("thead", { "aria-hidden": true }, h("tr", {}, ...used.map((column) => h("td", { class: "repeated" }, names.get(column) ?? "")))));
  }
  for (const [number, row] of [...rows].sort(([a], [b]) => a - b)) {
    const isHeader = hasHeader && number === 1;
    const line = h("tr");
    for (const column of used) {
      const blocks = row.get(column) ?? [];
      const cell = isHeader && blocks.length > 0 ? h("th", { scope: "col" }) : h("td");
      for (const block of blocks) cell.append(withText(h("div", { class: block.visible ? "cell" : "cell unseen-text" }), block, drawing));
      line.append(cell);
    }
    (isHeader ? element.appendChild(h("thead")) : body).append(line);
  }
  element.append(body);
  return element;
}

function withText<T extends HTMLElement>(element: T, block: Block, drawing: Drawing): T {
  element.dataset["node"] = String(block.node);
  element.dataset["start"] = String(block.start);
  const places = drawing.placesOf(block.node);
  const shown = asShown(block, places);
  if (shown !== undefined) {
    element.dataset["whole"] = block.text;
    element.title = block.text;
    block = { ...block, text: shown };
  }
  let at = block.start;
  for (const place of places) {
    if (place.end <= at) continue;
    if (place.start >= block.end) break;
    const from = Math.max(place.start, at);
    const to = Math.min(place.end, block.end);
    runs(element, block, at, from);
    element.append(mark(block, place, from, to, drawing.preview));
    at = to;
  }
  runs(element, block, at, block.end);
  return element;
}

/** What a cell shows in its sheet's format; not where a place is only a part of it. */
function asShown({ shown, start, end }: Block, places: readonly Place[]): string | undefined {
  const cut = places.some((place) => place.start < end && place.end > start && (place.start > start || place.end < end));
  return cut ? undefined : shown;
}

function mark(block: Block, place: Place, from: number, to: number, preview: boolean): HTMLElement {
  const element = h("mark", { class: "m" });
  element.dataset["place"] = place.id;
  // An address over several lines: only its last piece bears the tag, only its first the replacement.
  if (to < place.end) element.dataset["open"] = "";
  dressMark(element, place);
  if (preview && place.decision === "redact") element.append(from === place.start ? replacementOf(place) : "");
  else runs(element, block, from, to);
  return element;
}

/** Colour, line and tag by kind and decision. */
export function dressMark(element: HTMLElement, place: Place): void {
  element.dataset["state"] = place.decision;
  element.dataset["family"] = family(place.entity);
  element.dataset["tag"] = tag(place.entity);
  element.dataset["origin"] = place.origin;
}

export function replacementOf(place: Place): string {
  return place.replacement ?? `[${place.entity}]`;
}

/** What a mark says to people who hear the page. */
export function markLabel(place: Place): string {
  return t("mark.label", { kind: kindName(place.entity), value: place.value, state: t(`state.${place.decision}`) });
}

function runs(parent: HTMLElement, block: Block, from: number, to: number): void {
  if (to <= from) return;
  let at = from;
  for (const run of block.runs ?? []) {
    if (run.end <= at) continue;
    if (run.start >= to) break;
    plain(parent, block, at, Math.max(run.start, at));
    const end = Math.min(run.end, to);
    const piece = h("span", { class: runClass(run) });
    plain(piece, block, Math.max(run.start, at), end);
    parent.append(piece);
    at = end;
  }
  plain(parent, block, at, to);
}

function runClass(run: Run): string {
  return ["run", run.bold && "b", run.italic && "i", run.underline && "u", run.struck && "s"].filter(Boolean).join(" ");
}

function plain(parent: HTMLElement, block: Block, from: number, to: number): void {
  if (to <= from) return;
  const whole = from === block.start && to === block.end;
  parent.append(whole ? block.text : block.text.slice(from - block.start, to - block.start));
}
