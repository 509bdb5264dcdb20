import type { Entry } from "./review.js";
import type { Item, Place } from "./types.js";

interface Keyed {
  readonly item: Item;
  readonly key: string;
  readonly first: Place;
}

/** Values with their places, in the order they are shown. A change costs what it touches: documents have many places. */
export class Items {
  readonly #members = new Map<string, Map<string, Entry>>();
  readonly #known = new Map<string, Keyed>();
  readonly #touched = new Set<string>();
  #sorted: Keyed[] = [];
  #list: readonly Item[] = [];

  change(before: Entry | undefined, after: Entry | undefined): void {
    if (before) {
      const id = itemOf(before);
      this.#members.get(id)?.delete(before.place.id);
      this.#touched.add(id);
    }
    if (after) {
      const id = itemOf(after);
      const members = this.#members.get(id);
      if (members) members.set(after.place.id, after);
      else this.#members.set(id, new Map([[after.place.id, after]]));
      this.#touched.add(id);
    }
  }

  /** The same array, and the same objects in it, until they change. */
  get list(): readonly Item[] {
    if (this.#touched.size === 0) return this.#list;
    let moved = false;
    for (const id of this.#touched) {
      const was = this.#known.get(id);
      const is = keyed(id, this.#members.get(id));
      moved ||= !was || !is || was.key !== is.key || was.first.start !== is.first.start || was.first.node !== is.first.node;
      if (is) this.#known.set(id, is);
      else {
        this.#known.delete(id);
        this.#members.delete(id);
      }
    }
    this.#touched.clear();
    if (moved) this.#sorted = [...this.#known.values()].sort(order);
    this.#list = this.#sorted.map(({ item }) => (this.#known.get(item.id) as Keyed).item);
    return this.#list;
  }

}

function itemOf({ group, place }: Entry): string {
  return `${group}:${place.entity}`;
}

function keyed(id: string, members: ReadonlyMap<string, Entry> | undefined): Keyed | undefined {
  const entries = [...(members?.values() ?? [])].sort(({ place: one }, { place: other }) => one.node - other.node || one.start - other.start || other.end - one.end);
  const first = entries[0]?.place;
  if (!first) return undefined;
  const places = entries.map(({ place }) => place);
  const person = entries.find((entry) => entry.person !== undefined)?.person;
  const { entity, value } = first;
  const origin = places.some((place) => place.origin === "found") ? "found" : places.some((place) => place.origin === "added") ? "added" : "near";
  const decision = places.every((place) => place.decision === first.decision) ? first.decision : "mixed";
  // Near misses last; people before everything else, by number; a person's names before what else is theirs.
  const who = person?.replace(/\d+/g, (digits) => digits.padStart(10, "0")) ?? "~";
  const key = `${origin === "near" ? 1 : 0}${who} ${entity === "PERSON" ? 0 : 1}${entity}`;
  return { item: { id, entity, value, ...(person === undefined ? {} : { person }), origin, places, decision }, key, first };
}

/** By key, then as in the document. */
function order(one: Keyed, other: Keyed): number {
  if (one.key !== other.key) return one.key < other.key ? -1 : 1;
  return one.first.node - other.first.node || one.first.start - other.first.start || (one.item.id < other.item.id ? -1 : 1);
}
