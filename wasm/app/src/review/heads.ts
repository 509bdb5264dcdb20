/** Groups of the list: what stands above their rows. */

import type { Item } from "subrosa";
import { h, icon } from "../dom.ts";
import { hasMessage, t, type Key } from "../i18n/index.ts";
import { kindName } from "../kinds.ts";
import type { Group } from "./groups.ts";
import { personName } from "./people.ts";

export function titleOf(group: Group): string {
  switch (group.kind) {
    case "unread": return t("list.group.unread");
    case "hidden": return t("list.group.hidden");
    case "policy": return t("list.group.policy");
    case "near": return t("list.group.near", { kind: kindName(group.label) });
    case "flat": return t(group.label === "value" ? "list.group.by-value" : "list.group.by-place");
    case "entity": return kindName(group.label);
    case "person": return personName(group.label);
  }
}

export function groupIcon(group: Group): Node | null {
  if (group.kind === "unread") return icon("alert");
  if (group.kind === "person") return icon("person");
  if (group.kind === "hidden") return icon("hidden");
  return null;
}

export function noteOf(group: Group): string | null {
  const key = `list.note.${group.kind}`;
  return hasMessage(key) ? t(key as Key) : null;
}

/** "name ×9, birth date ×1" */
export function summary(items: readonly Item[]): string {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item.entity, (counts.get(item.entity) ?? 0) + item.places.length);
  return [...counts].map(([entity, n]) => `${kindName(entity)} ×${n}`).join(", ");
}

/** The words where there is nothing to list. */
export function emptyWords(picture: boolean, filtered: boolean): HTMLElement {
  if (picture) return h("div", { class: "empty" }, icon("hidden"), h("p", {}, t("list.empty.picture")));
  return h("div", { class: "empty" }, icon(filtered ? "search" : "check"), h("p", {}, t(filtered ? "list.empty.filtered" : "list.empty")), !filtered && h("p", { class: "muted" }, t("list.empty.more")));
}

export function choice(label: string, words: readonly string[], chosen: string, name: (word: never) => string, change: (word: string) => void): HTMLElement {
  const select = h("select", { class: "field-input", "aria-label": label, on: { change: () => change(select.value) } }, ...words.map((word) => h("option", { value: word, selected: word === chosen }, name(word as never))));
  return select;
}
