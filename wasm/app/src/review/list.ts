/** The findings as a list: the full equivalent of the document with its marks, and the way through it with the keyboard. */

import type { Item, Place, Target } from "subrosa";
import { freshId, h, icon } from "../dom.ts";
import { t } from "../i18n/index.ts";
import { familyRank, kindName } from "../kinds.ts";
import { pause, Slicer } from "../slices.ts";
import { kindChooser } from "./kind-chooser.ts";
import { groupsOf, type Group } from "./groups.ts";
import { choice, emptyWords, groupIcon, noteOf, summary, titleOf } from "./heads.ts";
import { joinChooser, ownerChooser, peopleOf } from "./people.ts";
import { reasons } from "./reasons.ts";
import { replacementOf } from "./draw.ts";
import { dress, keyOf, rowElement, type Row } from "./rows.ts";
import type { ReviewSession, Shown, Arrangement } from "./session.ts";
import { itemsOf } from "./targets.ts";

/** Rows of a group before somebody asks for more. */
const FIRST = 40;
const MORE = 100;
const PLACES = 60;

export class FindingsList {
  readonly element: HTMLElement;
  readonly #session: ReviewSession;
  readonly #body = h("div", { class: "groups" });
  readonly #limits = new Map<string, number>();
  readonly #rowElements = new Map<string, HTMLElement>();
  #groups: readonly Group[] = [];
  #rows: Row[] = [];
  #build: AbortController | null = null;
  #details: HTMLElement | null = null;
  #detailsFor = "";
  #shape = "";
  #focusWaits = false;
  /** The row that can be reached with Tab. */
  #painted = "";

  constructor(session: ReviewSession) {
    this.#session = session;
    this.element = h("section", { class: "findings", "aria-label": t("list.label") }, h("h2", { class: "visually-hidden" }, t("list.label")), this.#tools(), this.#body);
    this.#body.addEventListener("click", (event) => this.#clicked(event));
    this.refresh();
  }

  #tools(): HTMLElement {
    const session = this.#session;
    const search = h("input", { type: "search", class: "field-input", placeholder: t("list.filter"), "aria-label": t("list.filter"), value: session.query, on: { input: () => {
      session.query = search.value;
      this.refresh();
    } } });
    const arrange = choice(t("list.arrange"), ["person", "kind", "value", "place"], session.arrangement, (word) => t(`list.arrange.${word}`), (word) => {
      session.arrangement = word as Arrangement;
      this.refresh();
    });
    const show = choice(t("list.show"), ["all", "open", "redact", "keep"], session.shown, (word) => t(`list.show.${word}`), (word) => {
      session.shown = word as Shown;
      this.refresh();
    });
    return h("div", { class: "list-tools" }, h("div", { class: "with-icon" }, icon("search"), search), h("div", { class: "two" }, arrange, show));
  }

  /** Reads the items anew. Rows are kept where only decisions changed. */
  refresh(): void {
    const session = this.#session;
    this.#groups = groupsOf(
      {
        items: session.items,
        unread: session.review.unread,
        isMain: (item) => session.isMain(item),
        isOpen: (item) => session.isMain(item) && (!session.seen.has(item.id) || item.decision === "undecided"),
        order: (place) => session.outline.order(place.node, place.start),
        kindName,
        rank: familyRank,
      },
      session,
    );
    this.#flatten();
    const shape = this.#shapeOf();
    if (shape === this.#shape) this.#redress();
    else {
      this.#shape = shape;
      void this.#rebuild();
    }
  }

  #isOpen(group: Group): boolean {
    return this.#session.openGroups.get(group.id) ?? !group.closed;
  }

  #limit(group: Group): number {
    return this.#limits.get(group.id) ?? FIRST;
  }

  #flatten(): void {
    this.#rows = [];
    for (const group of this.#groups) {
      this.#rows.push({ cursor: { type: "group", id: group.id }, group, item: null, place: null });
      if (!this.#isOpen(group)) continue;
      for (const item of group.items.slice(0, this.#limit(group))) {
        this.#rows.push({ cursor: { type: "item", id: item.id }, group, item, place: null });
        if (!this.#session.expanded.has(item.id)) continue;
        for (const place of item.places.slice(0, PLACES)) this.#rows.push({ cursor: { type: "place", id: place.id }, group, item, place });
      }
      for (const place of group.places.slice(0, this.#limit(group))) {
        this.#rows.push({ cursor: { type: "place", id: place.id, hidden: true }, group, item: this.#session.spot(place.id)?.item ?? null, place });
      }
    }
  }

  #shapeOf(): string {
    return this.#rows.map(({ cursor, item, place, group }) => `${keyOf(cursor)}${item && !place ? `${item.entity}${item.places.length}` : ""}${item ? "" : `${group.items.length}/${group.places.length}${this.#isOpen(group)}`}`).join() + this.#people();
  }

  /** Who there is to choose from stands in every person's group. */
  #people(): string {
    return this.#session.arrangement === "person" ? peopleOf(this.#session.items).map(({ id, name }) => `${id}${name}`).join() : "";
  }

  async #rebuild(): Promise<void> {
    this.#build?.abort();
    const { signal } = (this.#build = new AbortController());
    const focused = this.#focusedKey();
    const elements = new Map<string, HTMLElement>();
    const slicer = new Slicer();
    // The first time groups come in one by one; later all at once, so that nothing jumps under the pointer.
    const first = this.#rowElements.size === 0;
    const groups: HTMLElement[] = [];
    // Kept as they are now: decisions made while this goes on bring new objects of the same shape.
    const [source, rows] = [this.#groups, this.#rows];
    if (first) this.#body.replaceChildren();
    for (const group of source) {
      const section = this.#group(group, elements);
      const list = section.querySelector("ul");
      for (const row of rows) {
        if (row.group !== group || row.cursor.type === "group" || !list) continue;
        const element = rowElement(row, (place) => this.#session.where(place));
        elements.set(keyOf(row.cursor), element);
        list.append(element);
        await slicer.breathe();
        if (signal.aborted) return;
      }
      groups.push(section);
      if (first) this.#body.append(section);
    }
    if (source.every(({ kind }) => kind === "unread")) groups.push(emptyWords(this.#session.view === "picture", this.#session.query !== "" || this.#session.shown !== "all"));
    this.#details = null;
    this.#painted = "";
    if (first) await pause();
    if (signal.aborted) return;
    this.#rowElements.clear();
    for (const [key, element] of elements) this.#rowElements.set(key, element);
    if (!first || groups.length > this.#body.childElementCount) this.#body.replaceChildren(...groups);
    this.#redress();
    if (focused === null && !this.#focusWaits) return;
    if (first) await pause();
    if (!signal.aborted) this.focusCursor();
  }

  #group(group: Group, elements: Map<string, HTMLElement>): HTMLElement {
    const open = this.#isOpen(group);
    const id = freshId("group");
    const title = h("span", { class: "group-title" }, titleOf(group));
    const head = h("button", { type: "button", class: "group-head", tabindex: -1, "aria-expanded": open, "aria-controls": id, data: { group: group.id } }, icon("chevron"), groupIcon(group), title, h("span", { class: "count" }, String(group.items.length + group.places.length + group.unread.length)));
    const section = h("section", { class: `group group-${group.kind}`, data: { row: `group:${group.id}` } }, h("h3", {}, head));
    elements.set(`group:${group.id}`, section);
    const note = noteOf(group);
    if (note && open) section.append(h("p", { class: "group-note" }, note));
    if (group.kind === "person" && open && group.items.length > 1) section.append(h("p", { class: "group-note" }, summary(group.items)));
    if (group.target && open && group.items.length > 1) section.append(this.#bulk(group, group.target));
    if (group.kind === "person" && open && group.target && "person" in group.target) {
      const join = joinChooser(this.#session, group.target.person);
      if (join) section.append(join);
    }
    const list = h("ul", { class: "rows", id, hidden: !open });
    if (open) for (const part of group.unread) list.append(h("li", { class: "unread", lang: "en" }, h("strong", {}, part.part), h("span", {}, part.reason)));
    section.append(list);
    const hiddenRows = group.items.length + group.places.length - this.#limit(group);
    if (open && hiddenRows > 0) {
      section.append(h("button", { type: "button", class: "button quiet more", data: { more: group.id } }, t("list.more", { n: Math.min(MORE, hiddenRows) })));
    }
    return section;
  }

  #bulk(group: Group, target: Target): HTMLElement {
    const n = this.#session.review.count(target);
    return h("div", { class: "bulk" },
      h("button", { type: "button", class: "button small", tabindex: -1, data: { bulk: "redact", group: group.id } }, t("list.remove-all", { n })),
      group.kind !== "near" && h("button", { type: "button", class: "button small", tabindex: -1, data: { bulk: "keep", group: group.id } }, t("list.keep-all", { n })),
    );
  }

  /** States, counts and the cursor on rows that are there already. */
  #redress(): void {
    for (const row of this.#rows) {
      const element = this.#rowElements.get(keyOf(row.cursor));
      if (!element) continue;
      if (row.cursor.type === "group") continue;
      dress(element, row, row.item !== null && this.#session.seen.has(row.item.id));
    }
    this.#paintCursor();
  }

  #paintCursor(): void {
    const session = this.#session;
    const key = session.cursor ? keyOf(session.cursor) : "";
    const present = this.#rowElements.has(key) ? key : keyOf(this.#rows[0]?.cursor ?? { type: "group", id: "" });
    for (const rowKey of new Set([this.#painted, present, key])) {
      const element = this.#rowElements.get(rowKey);
      if (!element) continue;
      const reachable = rowKey === present;
      element.classList.toggle("current", rowKey === key);
      const isGroup = rowKey.startsWith("group:");
      for (const button of element.querySelectorAll<HTMLElement>(isGroup ? ":scope > h3 > button, :scope > .bulk > button" : ":scope > .row-main, :scope > .row-acts > button")) button.tabIndex = reachable ? 0 : -1;
      if (isGroup) continue;
      if (rowKey === key) element.querySelector(".row-main")?.setAttribute("aria-current", "true");
      else element.querySelector(".row-main")?.removeAttribute("aria-current");
    }
    this.#painted = present;
    this.#showDetails(key);
  }

  /** What is known of the row that the cursor is on. */
  #showDetails(key: string): void {
    const now = this.#session.current();
    const element = this.#rowElements.get(key);
    const shape = now ? `${key}|${now.item.decision}|${now.item.entity}|${now.item.person ?? ""}|${now.place?.decision ?? ""}|${this.#session.reach}|${this.#session.expanded.has(now.item.id)}` : "";
    if (this.#details && this.#detailsFor === shape && this.#details.parentElement === element) return;
    const focusInside = this.#details?.contains(document.activeElement) === true;
    this.#details?.remove();
    this.#details = null;
    this.#detailsFor = shape;
    if (!now || !element || key.startsWith("group:")) return;
    const { item } = now;
    const place = now.place ?? item.places[0];
    if (!place) return;
    const facts = h("div", { class: "facts" });
    for (const why of reasons(place.why)) facts.append(h("p", { class: "why" }, why));
    if (place.decision === "redact") facts.append(h("p", { class: "becomes" }, `${t("list.becomes")} `, h("code", {}, replacementOf(place))));
    const tools = h("div", { class: "row-tools" });
    if (item.places.length > 1 && this.#session.cursor?.type === "item") {
      const open = this.#session.expanded.has(item.id);
      tools.append(h("button", { type: "button", class: "button small quiet", "aria-expanded": open, data: { expand: item.id } }, icon(open ? "up" : "down"), t(open ? "list.hide-places" : "list.show-places", { n: item.places.length })));
    }
    if (item.origin !== "near" && this.#session.arrangement === "person") tools.append(ownerChooser(this.#session, item));
    tools.append(kindChooser(place.entity, (entity) => this.#session.retag(this.#session.cursor?.type === "place" ? { place: place.id } : { item: item.id }, entity), t("list.retag")));
    this.#details = h("div", { class: "details" }, facts, tools);
    if (this.#session.reach !== "row") this.#details.prepend(h("p", { class: "reach" }, this.reachText()));
    element.querySelector(":scope > .row-acts")?.after(this.#details);
    if (focusInside) element.querySelector<HTMLElement>(":scope > .row-main")?.focus();
  }

  reachText(): string {
    const target = this.target();
    const n = target ? this.#session.review.count(target) : 0;
    return t(this.#session.reach === "group" ? "reach.group" : "reach.value", { n });
  }

  /** What R and E act on now. */
  target(): Target | null {
    const session = this.#session;
    const { cursor } = session;
    if (cursor?.type === "group") return this.#groups.find(({ id }) => id === cursor.id)?.target ?? null;
    const now = session.current();
    if (!now) return null;
    if (session.reach === "group") return now.item.person !== undefined ? { person: now.item.person } : { entity: now.item.entity, origin: now.item.origin };
    if (session.reach === "value" || cursor?.type === "item") return { item: now.item.id };
    return now.place ? { place: now.place.id } : null;
  }

  act(decision: "redact" | "keep"): void {
    const target = this.target();
    if (target) this.#session.decide(target, decision, itemsOf(this.#session, target));
  }

  #clicked(event: Event): void {
    const from = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null;
    if (!from) return;
    const { select, act, for: key, group, bulk, more, expand } = from.dataset;
    if (bulk && group) {
      const target = this.#groups.find(({ id }) => id === group)?.target;
      if (target) this.#session.decide(target, bulk === "keep" ? "keep" : "redact", itemsOf(this.#session, target));
    } else if (group) {
      this.#session.select({ type: "group", id: group });
      this.toggle(group);
    } else if (more) {
      this.#limits.set(more, (this.#limits.get(more) ?? FIRST) + MORE);
      this.refresh();
    } else if (expand) {
      this.togglePlaces(expand);
    } else if (act && key) {
      const row = this.#rows.find(({ cursor }) => keyOf(cursor) === key);
      if (!row) return;
      this.#session.select(row.cursor);
      this.act(act === "keep" ? "keep" : "redact");
    } else if (select) {
      const row = this.#rows.find(({ cursor }) => keyOf(cursor) === select);
      if (row) this.#session.select(row.cursor);
    }
  }

  toggle(groupId: string, open?: boolean): void {
    const group = this.#groups.find(({ id }) => id === groupId);
    if (!group) return;
    const next = open ?? !this.#isOpen(group);
    if (next === this.#isOpen(group)) return;
    this.#session.openGroups.set(groupId, next);
    this.refresh();
  }

  togglePlaces(itemId: string, open?: boolean): void {
    const next = open ?? !this.#session.expanded.has(itemId);
    if (next) this.#session.expanded.add(itemId);
    else this.#session.expanded.delete(itemId);
    this.refresh();
  }

  /** To the next or the previous row. */
  move(by: number): void {
    const at = this.#at();
    const next = this.#rows[at < 0 ? 0 : Math.max(0, Math.min(this.#rows.length - 1, at + by))];
    if (next) this.#session.select(next.cursor);
  }

  /** Right opens, left closes or goes to what the row belongs to. */
  fold(open: boolean): void {
    const row = this.#rows[this.#at()];
    if (!row) return;
    if (row.cursor.type === "group") return this.toggle(row.group.id, open);
    if (open) {
      if (row.cursor.type === "item" && row.item && row.item.places.length > 1) this.togglePlaces(row.item.id, true);
    } else if (row.cursor.type === "item" && row.item && this.#session.expanded.has(row.item.id)) {
      this.togglePlaces(row.item.id, false);
    } else if (row.cursor.type === "place" && !row.cursor.hidden && row.item) {
      this.#session.select({ type: "item", id: row.item.id });
    } else {
      this.#session.select({ type: "group", id: row.group.id });
    }
  }

  /** The next value that nobody has decided on, in the list's order, from the cursor on and then from the top. */
  nextOpen(by: 1 | -1): boolean {
    const session = this.#session;
    const rows = this.#groups.flatMap((group) => (group.kind === "near" || group.kind === "policy" ? [] : [...group.items.map((item) => ({ group, item })), ...group.places.flatMap((place) => {
      const item = session.spot(place.id)?.item;
      return item && item.places.every(({ visible }) => !visible) ? [{ group, item }] : [];
    })]));
    const now = session.current()?.item.id;
    const from = rows.findIndex(({ item }) => item.id === now);
    for (let step = 1; step <= rows.length; step += 1) {
      const at = (((from < 0 ? (by > 0 ? -1 : 0) : from) + by * step) % rows.length + rows.length) % rows.length;
      const row = rows[at];
      if (!row || (session.seen.has(row.item.id) && row.item.decision !== "undecided")) continue;
      this.select(row.item, row.group);
      return true;
    }
    return false;
  }

  /** Puts the cursor on a value, opening what hides it. */
  select(item: Item, group?: Group, place?: Place): void {
    const home = group ?? this.#groups.find(({ items }) => items.includes(item)) ?? this.#groups.find(({ places }) => places.some((one) => item.places.includes(one)));
    if (home) {
      const at = home.items.indexOf(item);
      if (at >= this.#limit(home)) this.#limits.set(home.id, at + FIRST);
      if (!this.#isOpen(home)) this.#session.openGroups.set(home.id, true);
      this.refresh();
    }
    if (home?.kind === "hidden") this.#session.select({ type: "place", id: place?.id ?? item.places[0]?.id ?? "", hidden: true });
    else this.#session.select({ type: "item", id: item.id, ...(place && { place: place.id }) });
  }

  /** Shows where the cursor is; takes the focus along only if the list has it. */
  follow(): void {
    this.#paintCursor();
    const { cursor } = this.#session;
    const element = cursor && this.#rowElements.get(keyOf(cursor));
    if (!element) return;
    const target = cursor.type === "group" ? element.querySelector<HTMLElement>(".group-head") : element;
    target?.scrollIntoView({ block: "nearest" });
    if (this.#focusedKey() !== null) this.focusCursor();
  }

  focusCursor(): void {
    // Rows are built in slices: the focus goes there as soon as there is one.
    this.#focusWaits = this.#rowElements.size === 0;
    const key = this.#session.cursor ? keyOf(this.#session.cursor) : "";
    const element = this.#rowElements.get(key) ?? this.#rowElements.values().next().value;
    element?.querySelector<HTMLElement>(key.startsWith("group:") ? ".group-head" : ".row-main, .group-head")?.focus({ preventScroll: true });
  }

  /** Null when the focus is not on a row; in a search field or a chooser it stays. */
  #focusedKey(): string | null {
    const active = document.activeElement;
    if (!active || !this.#body.contains(active) || active instanceof HTMLSelectElement) return null;
    return active.closest<HTMLElement>("[data-row]")?.dataset["row"] ?? null;
  }

  #at(): number {
    const key = this.#session.cursor ? keyOf(this.#session.cursor) : "";
    return this.#rows.findIndex(({ cursor }) => keyOf(cursor) === key);
  }

  dispose(): void {
    this.#build?.abort();
  }
}
