/** Rows of the list: what they stand for, and their elements. */

import type { Item, Place } from "subrosa";
import { h, icon, setText } from "../dom.ts";
import { t, type Key } from "../i18n/index.ts";
import { family, kindName, tag } from "../kinds.ts";
import type { Group } from "./groups.ts";
import { keyNames } from "./keys.ts";
import type { Cursor } from "./session.ts";

export interface Row {
  readonly cursor: Cursor;
  readonly group: Group;
  readonly item: Item | null;
  readonly place: Place | null;
}

export function keyOf(cursor: Cursor): string {
  return cursor.type === "place" && cursor.hidden ? `hidden:${cursor.id}` : `${cursor.type}:${cursor.id}`;
}

/** The element of a row; `where` tells where a place stands. What changes with decisions is put in by `dress`. */
export function rowElement({ cursor, item, place }: Row, where: (place: Place) => string): HTMLElement {
  const key = keyOf(cursor);
  const main = h("button", { type: "button", class: "row-main", tabindex: -1, data: { select: key } });
  if (place) {
    const label = cursor.type === "place" && cursor.hidden ? h("span", { class: "meta" }, `${where(place)} · ${item ? kindName(item.entity) : ""}`) : h("span", { class: "meta" }, where(place));
    main.append(h("span", { class: "quote" }, tail(place.before), h("b", {}, clip(place.value, 80)), head(place.after)), label);
  } else if (item) {
    main.append(
      h("span", { class: "tag", "aria-hidden": true }, tag(item.entity)),
      h("span", { class: "words" }, h("span", { class: "value" }, clip(item.value, 120)), h("span", { class: "meta" })),
    );
  }
  main.append(h("span", { class: "visually-hidden state-words" }));
  return h("li", { class: place ? "row place" : "row", data: { row: key } }, main,
    h("div", { class: "row-acts", role: "group", "aria-label": t("list.acts", { value: clip(place?.value ?? item?.value ?? "", 40) }) },
      h("button", { type: "button", class: "act act-redact", tabindex: -1, title: `${t("act.remove")} (${keyNames("redact")})`, "aria-label": t("act.remove"), data: { act: "redact", for: key } }, icon("remove")),
      h("button", { type: "button", class: "act act-keep", tabindex: -1, title: `${t("act.keep")} (${keyNames("keep")})`, "aria-label": t("act.keep"), data: { act: "keep", for: key } }, icon("keep")),
    ));
}

/** Puts in what changes with decisions. */
export function dress(element: HTMLElement, { item, place }: Row, seen: boolean): void {
  const decision = place?.decision ?? item?.decision ?? "undecided";
  const entity = place?.entity ?? item?.entity ?? "";
  element.dataset["state"] = decision;
  element.dataset["family"] = family(entity);
  element.classList.toggle("seen", seen);
  press(element, "redact", decision === "redact");
  press(element, "keep", decision === "keep");
  const words = element.querySelector(":scope > .row-main .state-words");
  if (words) setText(words, `, ${t(`state.${decision}` as Key)}`);
  const meta = element.querySelector(":scope > .row-main .words > .meta");
  if (meta && item) setText(meta, metaOf(item));
  const badge = element.querySelector(":scope > .row-main .tag");
  if (badge) setText(badge, tag(entity));
}

function metaOf(item: Item): string {
  const n = item.places.length;
  const going = item.places.filter((place) => place.decision === "redact").length;
  const parts = [kindName(item.entity)];
  if (n > 1) parts.push(item.decision === "mixed" ? t("list.some-places", { n, going }) : t("list.places", { n }));
  if (item.origin === "added") parts.push(t("list.added"));
  return parts.join(" · ");
}

function press(row: HTMLElement, act: string, pressed: boolean): void {
  row.querySelector(`:scope > .row-acts > [data-act="${act}"]`)?.setAttribute("aria-pressed", String(pressed));
}

function clip(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

function tail(text: string): string {
  return text.length > 40 ? `…${text.slice(-40)}` : text;
}

function head(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
