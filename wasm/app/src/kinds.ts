/**
 * How kinds of values look and are called. Six families of colour, not one colour a kind: more cannot be told apart. Which
 * kind it is, a word and a two-letter tag say.
 */

import type { Catalogue, Entity } from "subrosa";
import { hasMessage, t, type Key } from "./i18n/index.ts";

export type Family = "name" | "contact" | "number" | "date" | "place" | "health";

/** Family and tag by the group that the engine puts an entity in. */
const GROUPS: Readonly<Record<string, readonly [Family, string]>> = {
  people: ["name", "NA"],
  usernames: ["name", "US"],
  occupations: ["name", "OC"],
  professionals: ["number", "PR"],
  emails: ["contact", "EM"],
  phones: ["contact", "PH"],
  urls: ["contact", "WB"],
  network: ["contact", "IP"],
  accounts: ["number", "AC"],
  amounts: ["number", "AM"],
  biometrics: ["health", "BI"],
  cards: ["number", "CC"],
  cases: ["number", "CN"],
  companies: ["number", "CO"],
  credentials: ["number", "PW"],
  devices: ["number", "DV"],
  documents: ["number", "PP"],
  "health-plans": ["number", "HP"],
  "medical-records": ["number", "MR"],
  "national-ids": ["number", "ID"],
  "us-tax-ids": ["number", "SS"],
  vehicles: ["number", "VE"],
  wallets: ["number", "WA"],
  ages: ["date", "AG"],
  births: ["date", "BD"],
  dates: ["date", "DT"],
  durations: ["date", "DU"],
  addresses: ["place", "AD"],
  coordinates: ["place", "GP"],
  organizations: ["place", "OR"],
  places: ["place", "PL"],
  "postal-codes": ["place", "ZC"],
  health: ["health", "HE"],
  origins: ["health", "OG"],
  photographs: ["health", "FO"],
};

const groupOf = new Map<Entity, string>();

/** Learns the groups. Before that everything is a number of some kind. */
export function learnKinds(catalogue: Catalogue): void {
  for (const { id, group } of catalogue.entities) groupOf.set(id, group);
}

export function family(entity: Entity): Family {
  return GROUPS[groupOf.get(entity) ?? ""]?.[0] ?? "number";
}

export function tag(entity: Entity): string {
  return GROUPS[groupOf.get(entity) ?? ""]?.[1] ?? "··";
}

/** What people call it: its own name where there is one, else its group's with the id. */
export function kindName(entity: Entity): string {
  const own = `kind.${entity}`;
  if (hasMessage(own)) return t(own as Key);
  if (!groupOf.has(entity)) return entity;
  const group = `group.${groupOf.get(entity) ?? ""}`;
  const code = entity.replaceAll("_", " ");
  return hasMessage(group) ? `${t(group as Key)} (${code})` : code;
}

/** For sorting groups in the list: people matter first. */
const ORDER: readonly Family[] = ["name", "date", "contact", "place", "number", "health"];

export function familyRank(entity: Entity): number {
  return ORDER.indexOf(family(entity));
}
