/** Who is who: values are moved from one person to another, people are put together. */

import type { Item } from "subrosa";
import { h } from "../dom.ts";
import { t } from "../i18n/index.ts";
import { bestName } from "./groups.ts";
import type { ReviewSession } from "./session.ts";

/** What the ids of people begin with who were made by taking something from somebody. */
const OWN = "own-";
let made = 0;

export interface Known {
  readonly id: string;
  readonly name: string;
}

/** Everybody whom something belongs to, those with the fullest names first. */
export function peopleOf(items: readonly Item[]): readonly Known[] {
  const people = new Map<string, Item[]>();
  for (const item of items) if (item.person !== undefined) people.set(item.person, [...(people.get(item.person) ?? []), item]);
  return [...people].map(([id, theirs]) => ({ id, name: bestName(theirs) ?? personName(id) })).sort((a, b) => a.name.localeCompare(b.name));
}

/** The name of a group: a person's, or a word for somebody without one. */
export function personName(label: string): string {
  return label.startsWith(OWN) ? t("people.somebody", { n: Number(label.slice(OWN.length)) }) : label;
}

/** Whom a value belongs to. */
export function ownerChooser(session: ReviewSession, item: Item): HTMLElement {
  const people = peopleOf(session.items);
  const chooser = h("select", { class: "field-input kind", data: { owner: item.id }, on: { change: () => {
    const { value } = chooser;
    session.assign({ item: item.id }, value === "" ? undefined : value === "new" ? `${OWN}${(made += 1)}` : value);
  } } },
  h("option", { value: "", selected: item.person === undefined }, t("people.nobody")),
  ...people.map(({ id, name }) => h("option", { value: id, selected: id === item.person }, name)),
  h("option", { value: "new" }, t("people.new")));
  return h("label", { class: "kind-label" }, h("span", {}, t("people.owner")), chooser);
}

/** Puts a person together with another. Nothing where there is no other. */
export function joinChooser(session: ReviewSession, person: string): HTMLElement | null {
  const others = peopleOf(session.items).filter(({ id }) => id !== person);
  if (others.length === 0) return null;
  const chooser = h("select", { class: "field-input kind", data: { join: person }, on: { change: () => {
    if (chooser.value !== "") session.assign({ person }, chooser.value);
  } } }, h("option", { value: "", selected: true }, t("people.join-whom")), ...others.map(({ id, name }) => h("option", { value: id }, name)));
  return h("label", { class: "kind-label join" }, h("span", {}, t("people.join")), chooser);
}
