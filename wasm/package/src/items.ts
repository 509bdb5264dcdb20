import type { Entry } from "./review.js";
import type { Item, Place } from "./types.js";

/** Values with their places, in the order they are shown. Items that did not change are the same objects as before. */
export function itemsOf(entries: Iterable<Entry>, before: readonly Item[]): readonly Item[] {
  const gathered = new Map<string, { places: Place[]; person: string | undefined }>();
  for (const { place, group, person } of entries) {
    const id = `${group}:${place.entity}`;
    const item = gathered.get(id);
    if (!item) gathered.set(id, { places: [place], person });
    else {
      item.places.push(place);
      item.person ??= person;
    }
  }
  const known = new Map(before.map((item) => [item.id, item]));
  return Array.from(gathered, ([id, { places, person }]) => {
    places.sort((one, other) => one.node - other.node || one.start - other.start || other.end - one.end);
    const was = known.get(id);
    return was && was.person === person && same(was.places, places) ? was : item(id, places, person);
  }).sort(order);
}

function item(id: string, places: readonly Place[], person: string | undefined): Item {
  // An item is made for a place.
  const first = places[0] as Place;
  const origin = places.some((place) => place.origin === "found") ? "found" : places.some((place) => place.origin === "added") ? "added" : "near";
  const decision = places.every((place) => place.decision === first.decision) ? first.decision : "mixed";
  return { id, entity: first.entity, value: first.value, ...(person === undefined ? {} : { person }), origin, places, decision };
}

function same(one: readonly Place[], other: readonly Place[]): boolean {
  return one.length === other.length && one.every((place, at) => place === other[at]);
}

/** Near misses last; people before everything else, by number; a person's names before what else is theirs; then as in the document. */
function order(one: Item, other: Item): number {
  return (
    Number(one.origin === "near") - Number(other.origin === "near") ||
    Number(one.person === undefined) - Number(other.person === undefined) ||
    text(one.person ?? "", other.person ?? "") ||
    Number(one.entity !== "PERSON") - Number(other.entity !== "PERSON") ||
    text(one.entity, other.entity) ||
    place(one).node - place(other).node ||
    place(one).start - place(other).start ||
    text(one.id, other.id)
  );
}

const collator = new Intl.Collator("en", { numeric: true });
const text = (one: string, other: string): number => collator.compare(one, other);

function place(item: Item): Place {
  return item.places[0] as Place;
}
