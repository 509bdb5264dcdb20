/** How findings are put together in the list. Pure: the same items give the same groups. */

import type { Item, Place, Target, Unread } from "subrosa";
import type { Arrangement, Shown } from "./session.ts";

export type GroupKind = "unread" | "person" | "entity" | "flat" | "hidden" | "policy" | "near";

export interface Group {
  readonly id: string;
  readonly kind: GroupKind;
  /** A person's best name, or an entity's id: the list finds the words. */
  readonly label: string;
  readonly items: readonly Item[];
  /** Rows of single places: what the page does not show. */
  readonly places: readonly Place[];
  readonly unread: readonly Unread[];
  /** What a decision on the whole group is about. */
  readonly target: Target | null;
  /** Closed until somebody opens it. */
  readonly closed: boolean;
}

export interface Wishes {
  readonly arrangement: Arrangement;
  readonly shown: Shown;
  readonly query: string;
}

export interface Source {
  readonly items: readonly Item[];
  readonly unread: readonly Unread[];
  isMain(item: Item): boolean;
  isOpen(item: Item): boolean;
  order(place: Place): number;
  kindName(entity: string): string;
  rank(entity: string): number;
}

export function groupsOf(source: Source, wishes: Wishes): readonly Group[] {
  const groups: Group[] = [];
  const query = wishes.query.trim().toLowerCase();
  const wanted = source.items.filter((item) => matches(item, query, source) && fits(item, wishes.shown, source));
  if (source.unread.length > 0) groups.push(group("unread", "unread", "", { unread: source.unread }));

  const main = wanted.filter((item) => source.isMain(item));
  // What stands only where no page shows it is listed there alone.
  const onPage = main.filter((item) => item.places.some((place) => place.visible));
  groups.push(...arranged(onPage, wishes.arrangement, source));

  const hidden = main.flatMap((item) => item.places.filter((place) => !place.visible));
  if (hidden.length > 0) groups.push(group("hidden", "hidden", "", { places: hidden, target: null }));

  const policy = wanted.filter((item) => !source.isMain(item) && item.origin !== "near");
  if (policy.length > 0) groups.push(group("policy", "policy", "", { items: sorted(policy, source), closed: true }));

  const near = wanted.filter((item) => !source.isMain(item) && item.origin === "near");
  for (const [entity, items] of byEntity(near, source)) {
    groups.push(group(`near:${entity}`, "near", entity, { items, target: { entity, origin: "near" }, closed: true }));
  }
  return groups;
}

function arranged(items: readonly Item[], arrangement: Arrangement, source: Source): Group[] {
  if (items.length === 0) return [];
  if (arrangement === "value") return [group("flat:value", "flat", "value", { items: [...items].sort((a, b) => a.value.localeCompare(b.value)) })];
  if (arrangement === "place") {
    const first = (item: Item): number => Math.min(...item.places.filter((place) => place.visible).map((place) => source.order(place)));
    const order = new Map(items.map((item) => [item, first(item)]));
    return [group("flat:place", "flat", "place", { items: [...items].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)) })];
  }
  const groups: Group[] = [];
  const people = new Map<string, Item[]>();
  const rest: Item[] = [];
  for (const item of items) {
    if (arrangement === "person" && item.person !== undefined) people.set(item.person, [...(people.get(item.person) ?? []), item]);
    else rest.push(item);
  }
  const ranked = [...people].sort(([, a], [, b]) => placesIn(b) - placesIn(a));
  for (const [person, theirs] of ranked) groups.push(group(`person:${person}`, "person", bestName(theirs) ?? person, { items: sorted(theirs, source), target: { person } }));
  for (const [entity, same] of byEntity(rest, source)) groups.push(group(`entity:${entity}`, "entity", entity, { items: same, target: { entity, origin: "found" } }));
  return groups;
}

function group(id: string, kind: GroupKind, label: string, rest: Partial<Group>): Group {
  return { id, kind, label, items: [], places: [], unread: [], target: null, closed: false, ...rest };
}

function byEntity(items: readonly Item[], source: Source): [string, Item[]][] {
  const map = new Map<string, Item[]>();
  for (const item of sorted(items, source)) map.set(item.entity, [...(map.get(item.entity) ?? []), item]);
  return [...map].sort(([a], [b]) => source.rank(a) - source.rank(b) || source.kindName(a).localeCompare(source.kindName(b)));
}

function sorted(items: readonly Item[], source: Source): Item[] {
  return [...items].sort((a, b) => source.rank(a.entity) - source.rank(b.entity) || a.entity.localeCompare(b.entity) || b.places.length - a.places.length || a.value.localeCompare(b.value));
}

function placesIn(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + item.places.length, 0);
}

/** The fullest writing of the person's name. */
export function bestName(items: readonly Item[]): string | null {
  const names = items.filter((item) => item.entity === "PERSON").map((item) => item.value);
  return names.sort((a, b) => b.length - a.length)[0] ?? null;
}

function matches(item: Item, query: string, source: Source): boolean {
  return query === "" || item.value.toLowerCase().includes(query) || source.kindName(item.entity).toLowerCase().includes(query) || item.places.some((place) => place.where.toLowerCase().includes(query));
}

function fits(item: Item, shown: Shown, source: Source): boolean {
  switch (shown) {
    case "all": return true;
    case "open": return source.isOpen(item);
    case "redact": return item.decision === "redact" || item.decision === "mixed";
    case "keep": return item.decision === "keep" || item.decision === "mixed";
  }
}
