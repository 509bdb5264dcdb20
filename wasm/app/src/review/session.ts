/** One document under review: the engine's review, and what only the page knows of it (where the person is, what was looked at). */

import type { Box, Decision, Entity, Item, Place, Review, Target } from "subrosa";
import { announce } from "../announce.ts";
import { placeWords } from "../i18n/engine-words.ts";
import { t, type Key } from "../i18n/index.ts";
import { Outline } from "./outline.ts";

export type Arrangement = "person" | "kind" | "value" | "place";
export type Shown = "all" | "open" | "redact" | "keep";
/** What changed: decisions or values, the cursor, how it is shown. */
export type Change = "items" | "cursor" | "view";

/** A row of the list. Hidden places have rows of their own, apart from those under their value. */
export type Cursor =
  | { readonly type: "group"; readonly id: string }
  | { readonly type: "item"; readonly id: string; readonly place?: string }
  | { readonly type: "place"; readonly id: string; readonly hidden?: boolean };

/** The next decision goes further than the row. */
export type Reach = "row" | "value" | "group";

interface Act {
  readonly key: Key;
  readonly values: Readonly<Record<string, string | number>>;
}

export interface Spot {
  readonly item: Item;
  readonly place: Place;
}

/** Pictures that a browser can show: a person may draw on them what has to go. */
const PICTURES: ReadonlySet<string> = new Set(["png", "jpg", "gif", "bmp", "webp"]);

export class ReviewSession {
  readonly review: Review;
  readonly outline: Outline;
  items: readonly Item[] = [];
  cursor: Cursor | null = null;
  reach: Reach = "row";
  preview = false;
  view: "pages" | "text" | "picture";
  arrangement: Arrangement = "person";
  shown: Shown = "all";
  query = "";
  /** Somebody decided something: leaving would lose it. */
  touched = false;
  readonly openGroups = new Map<string, boolean>();
  readonly expanded = new Set<string>();
  /** Items that a person decided on, or let stand on purpose. */
  readonly seen = new Set<string>();
  /** Found, but the policy leaves them. */
  readonly leftByPolicy = new Set<string>();

  #itemById = new Map<string, Item>();
  #spotById = new Map<string, Spot>();
  #placesByNode = new Map<number, Place[]>();
  #ordered: Place[] | null = null;
  readonly #done: Act[] = [];
  readonly #undone: Act[] = [];
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #onChange = () => {
    this.#read();
    this.emit("items");
  };

  constructor(review: Review) {
    this.review = review;
    this.view = review.format === "pdf" ? "pages" : PICTURES.has(review.format) ? "picture" : "text";
    this.outline = new Outline(review);
    this.#read();
    for (const item of this.items) if (item.origin === "found" && item.decision === "keep") this.leftByPolicy.add(item.id);
    review.addEventListener("change", this.#onChange);
  }

  dispose(): void {
    this.review.removeEventListener("change", this.#onChange);
    this.outline.dispose();
    this.#listeners.clear();
    this.review.close();
  }

  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  #read(): void {
    this.items = this.review.items;
    this.#itemById = new Map();
    this.#spotById = new Map();
    this.#placesByNode = new Map();
    this.#ordered = null;
    for (const item of this.items) {
      this.#itemById.set(item.id, item);
      for (const place of item.places) {
        this.#spotById.set(place.id, { item, place });
        const there = this.#placesByNode.get(place.node);
        if (there) there.push(place);
        else this.#placesByNode.set(place.node, [place]);
      }
    }
    for (const places of this.#placesByNode.values()) places.sort((a, b) => a.start - b.start);
  }

  item(id: string): Item | undefined {
    return this.#itemById.get(id);
  }

  spot(placeId: string): Spot | undefined {
    return this.#spotById.get(placeId);
  }

  /** Places of a segment, in order. */
  placesOf(node: number): readonly Place[] {
    return this.#placesByNode.get(node) ?? [];
  }

  allPlaces(): Iterable<Spot> {
    return this.#spotById.values();
  }

  /** Where a place stands, for people: the section's name rather than the file's within the package. */
  where(place: Place): string {
    const [part = "", ...rest] = place.where.split(", ");
    const at = this.outline.find(place.node, place.start);
    const section = at < 0 ? undefined : this.outline.sections[this.outline.sectionOf(at)]?.name;
    if (section === undefined || !/\.(xml|rels)$/.test(part)) return placeWords(place.where);
    return placeWords([section, ...rest].join(", "));
  }

  /** Visible places as one reads. */
  inOrder(): readonly Place[] {
    this.#ordered ??= [...this.#spotById.values()].map(({ place }) => place).sort((a, b) => this.outline.order(a.node, a.start) - this.outline.order(b.node, b.start) || a.node - b.node || a.start - b.start);
    return this.#ordered;
  }

  /** Whether it belongs to what has to be decided: not the near misses, not what the policy leaves. */
  isMain(item: Item): boolean {
    if (item.origin === "near") return item.decision === "redact";
    return !this.leftByPolicy.has(item.id) || item.decision !== "keep" || this.seen.has(item.id);
  }

  progress(): { readonly decided: number; readonly total: number } {
    const main = this.items.filter((item) => this.isMain(item));
    return { decided: main.filter((item) => this.seen.has(item.id) && item.decision !== "undecided").length, total: main.length };
  }

  select(cursor: Cursor | null): void {
    if (JSON.stringify(cursor) === JSON.stringify(this.cursor)) return;
    this.cursor = cursor;
    this.reach = "row";
    this.emit("cursor");
  }

  /** The value and, where one is meant, the place that the cursor is on. */
  current(): { readonly item: Item; readonly place: Place | null } | null {
    const { cursor } = this;
    if (cursor?.type === "item") {
      const item = this.item(cursor.id);
      return item ? { item, place: (cursor.place && this.spot(cursor.place)?.place) || null } : null;
    }
    return cursor?.type === "place" ? (this.spot(cursor.id) ?? null) : null;
  }

  setReach(reach: Reach): void {
    this.reach = this.reach === reach ? "row" : reach;
    this.emit("cursor");
  }

  /** Decides, remembers what was looked at, says what happened. */
  decide(target: Target, decision: "redact" | "keep", affected: Iterable<Item>): void {
    const items = [...affected];
    const before = this.touched;
    this.touched = true;
    for (const item of items) this.seen.add(item.id);
    const n = this.review.decide(target, decision);
    this.reach = "row";
    if (n === 0) {
      // Already so: now it is so on purpose.
      this.touched = before || items.length > 0;
      this.emit("items");
      announce(t(decision === "redact" ? "act.stands.redact" : "act.stands.keep"));
      return;
    }
    const value = items.length === 1 ? (items[0]?.value ?? "") : "";
    const stem = decision === "redact" ? "act.redacted" : "act.kept";
    this.#record(value ? { key: `${stem}.value`, values: { n, value } } : { key: stem, values: { n } });
  }

  retag(target: Target, entity: Entity): void {
    const n = this.review.retag(target, entity);
    if (n > 0) this.#record({ key: "act.retagged", values: { n } });
  }

  /** Says whom values belong to. */
  assign(target: Target, person: string | undefined): void {
    const n = this.review.assign(target, person);
    if (n > 0) this.#record({ key: "act.assigned", values: { n } });
  }

  /** Other areas of the picture are painted over. */
  cover(areas: readonly Box[]): void {
    this.review.cover(areas);
    this.#record({ key: "act.covered", values: { n: areas.length } });
  }

  async add(selection: { readonly node: number; readonly start: number; readonly end: number }, entity: Entity, everywhere: boolean): Promise<number> {
    const n = await this.review.add(selection, entity, everywhere);
    if (n > 0) {
      this.#record({ key: "act.added", values: { n } });
      const added = this.placesOf(selection.node).find((place) => place.start <= selection.start && place.end >= selection.end);
      const item = added && this.spot(added.id)?.item;
      if (added && item) {
        this.seen.add(item.id);
        this.select({ type: "item", id: item.id, place: added.id });
      }
      this.emit("items");
    }
    return n;
  }

  #record(act: Act): void {
    this.touched = true;
    this.#done.push(act);
    this.#undone.length = 0;
    announce(`${t(act.key, act.values)} ${t("act.undo-hint")}`);
  }

  undo(): void {
    if (!this.review.undo()) return announce(t("act.nothing-undo"));
    const act = this.#done.pop();
    if (act) this.#undone.push(act);
    announce(act ? t("act.undone", { act: t(act.key, act.values) }) : t("act.undone-plain"));
  }

  redo(): void {
    if (!this.review.redo()) return announce(t("act.nothing-redo"));
    const act = this.#undone.pop();
    if (act) this.#done.push(act);
    announce(act ? t("act.redone", { act: t(act.key, act.values) }) : t("act.redone-plain"));
  }

  togglePreview(): void {
    this.preview = !this.preview;
    announce(t(this.preview ? "preview.on" : "preview.off"));
    this.emit("view");
  }

  setView(view: "pages" | "text"): void {
    this.view = view;
    this.emit("view");
  }
}

/** The decision as it is to be shown for one place. */
export function stateOf(place: Place): Decision {
  return place.decision;
}

export type { Act };
