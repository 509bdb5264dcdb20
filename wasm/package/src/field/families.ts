import type { Catalogue, Entity } from "../types.js";

/** Sixty kinds cannot be told apart by colour: six families can. The kind itself is always written out in the list. */
export const FAMILIES = ["name", "contact", "identifier", "date", "place", "health"] as const;
export type Family = (typeof FAMILIES)[number];

/** What lies under or over the text, and the line beneath it, on light and on dark controls. */
export interface Colours {
  readonly tint: string;
  readonly line: string;
}

export const LIGHT: Readonly<Record<Family, Colours>> = {
  name: { tint: "#cfe3ff", line: "#0b57d0" },
  contact: { tint: "#d6f5d6", line: "#1b6e1b" },
  identifier: { tint: "#ffe0b3", line: "#8a4b00" },
  date: { tint: "#e8dcff", line: "#6a2fc9" },
  place: { tint: "#ffd6e0", line: "#a3123f" },
  health: { tint: "#fff3a8", line: "#6b5900" },
};

export const DARK: Readonly<Record<Family, Colours>> = {
  name: { tint: "#12305c", line: "#8ab4f8" },
  contact: { tint: "#143d1c", line: "#81c995" },
  identifier: { tint: "#4a2d05", line: "#fdb462" },
  date: { tint: "#33205c", line: "#c5a3ff" },
  place: { tint: "#521a2c", line: "#ff9db5" },
  health: { tint: "#403606", line: "#f0d264" },
};

/** Groups of the catalogue; what is in none of these is an identifier. */
const OF_GROUP: Readonly<Record<string, Family>> = {
  people: "name", organizations: "name", companies: "identifier", professionals: "identifier",
  phones: "contact", emails: "contact", urls: "contact", usernames: "contact", network: "contact",
  births: "date", dates: "date", ages: "date", durations: "date",
  addresses: "place", places: "place", "postal-codes": "place", coordinates: "place",
  health: "health", origins: "health", occupations: "health", biometrics: "health", photographs: "health",
};

const families = new WeakMap<Catalogue, ReadonlyMap<Entity, Family>>();

export function familyOf(entity: Entity, catalogue: Catalogue): Family {
  let known = families.get(catalogue);
  if (!known) {
    known = new Map(catalogue.entities.map(({ id, group }) => [id, OF_GROUP[group] ?? "identifier"]));
    families.set(catalogue, known);
  }
  return known.get(entity) ?? "identifier";
}
