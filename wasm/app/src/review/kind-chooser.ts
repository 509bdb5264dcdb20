/** Which kind of value something is. The usual ones first, since the list is long. */

import type { Entity } from "subrosa";
import { catalogue } from "../engines.ts";
import { h } from "../dom.ts";
import { t } from "../i18n/index.ts";
import { kindName } from "../kinds.ts";

const USUAL: readonly Entity[] = ["PERSON", "DATE_OF_BIRTH", "DATE_TIME", "PHONE_NUMBER", "EMAIL_ADDRESS", "STREET_ADDRESS", "LOCATION", "ORGANIZATION", "MEDICAL_RECORD_NUMBER", "US_SSN", "AGE", "UNIQUE_IDENTIFIER"];

export function kindChooser(chosen: Entity, change: (entity: Entity) => void, label: string): HTMLElement {
  const known = catalogue().entities.map(({ id }) => id);
  const option = (id: Entity): HTMLOptionElement => h("option", { value: id, selected: id === chosen }, kindName(id));
  const others = known.filter((id) => !USUAL.includes(id)).sort((a, b) => kindName(a).localeCompare(kindName(b)));
  const select = h("select", { class: "field-input kind", on: { change: () => change(select.value) } });
  // The long part is made when it is asked for: a chooser stands in every row that is looked at.
  select.append(...USUAL.filter((id) => known.includes(id)).map(option));
  if (!USUAL.includes(chosen)) select.append(option(chosen));
  const rest = h("optgroup", { label: t("kinds.more") });
  select.append(rest);
  const fill = (): void => {
    if (!rest.firstChild) rest.append(...others.filter((id) => id !== chosen).map((id) => h("option", { value: id }, kindName(id))));
  };
  select.addEventListener("pointerdown", fill, { once: true });
  select.addEventListener("focus", fill, { once: true });
  return h("label", { class: "kind-label" }, h("span", {}, label), select);
}

/** A guess from what the text looks like. */
export function guessKind(text: string): Entity {
  if (/@/.test(text)) return "EMAIL_ADDRESS";
  if (/^(https?:|www\.)/i.test(text)) return "URL";
  if (/\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b/.test(text)) return "DATE_TIME";
  if (/^[+(]?\d[\d\s().-]{6,}$/.test(text)) return "PHONE_NUMBER";
  if (/^\d+\s+\p{L}/u.test(text)) return "STREET_ADDRESS";
  if (/\d/.test(text)) return "UNIQUE_IDENTIFIER";
  return "PERSON";
}
