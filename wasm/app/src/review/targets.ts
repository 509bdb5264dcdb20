/** What an act on the list is about. */

import type { Item, Target } from "subrosa";
import type { ReviewSession } from "./session.ts";

export function itemsOf(session: ReviewSession, target: Target): Item[] {
  if ("place" in target) return [session.spot(target.place)?.item].filter((item) => item !== undefined);
  if ("item" in target) return [session.item(target.item)].filter((item) => item !== undefined);
  if ("person" in target) return session.items.filter(({ person }) => person === target.person);
  if ("entity" in target) return session.items.filter(({ entity, origin }) => entity === target.entity && (!target.origin || origin === target.origin));
  return session.items.filter(({ origin }) => !target.origin || origin === target.origin);
}
