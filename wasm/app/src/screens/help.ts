/** Keys, marks, and the switch for the keys. */

import { h, icon } from "../dom.ts";
import { t } from "../i18n/index.ts";
import { keyMap } from "../review/keys.ts";
import { settings } from "../settings.ts";
import { showKeys } from "./keys.ts";

export function showHelp(changed: () => void): void {
  const dialog = h("dialog", { class: "help", "aria-labelledby": "help-title" });
  const toggle = h("input", { type: "checkbox", checked: settings.get().keysOn, on: { change: () => settings.set({ keysOn: toggle.checked }) } });
  const close = h("button", { type: "button", class: "button quiet only-icon", "aria-label": t("close"), on: { click: () => dialog.close() } }, icon("close"));
  const sample = (state: string, word: string): HTMLElement => h("li", {}, h("mark", { class: "m", data: { state, family: "name", tag: "NA" } }, t("help.sample")), h("span", {}, word));
  dialog.append(
    h("div", { class: "help-head" }, h("h2", { id: "help-title" }, t("help.title")), close),
    h("div", { class: "help-grid" },
      h("section", {}, h("h3", {}, t("help.keys")),
        h("dl", { class: "key-map" }, ...keyMap().map(([keys, what]) => h("div", {}, h("dt", {}, ...keys.map((key) => h("kbd", {}, key))), h("dd", {}, t(what))))),
        h("label", { class: "toggle" }, toggle, h("span", {}, t("help.keys-on"))),
        h("p", { class: "hint" }, t("help.keys-note")),
        h("button", { type: "button", class: "button small", on: { click: () => showKeys(again) } }, t("keys.change"))),
      h("section", {}, h("h3", {}, t("help.marks")),
        h("ul", { class: "legend" }, sample("redact", t("help.redact")), sample("undecided", t("help.undecided")), sample("keep", t("help.keep"))),
        h("h3", {}, t("help.colours")),
        h("ul", { class: "families" }, ...(["name", "contact", "number", "date", "place", "health"] as const).map((family) => h("li", { data: { family } }, t(`family.${family}`)))),
        h("h3", {}, t("help.add")), h("p", {}, t("help.add-text")))),
  );
  function again(): void {
    dialog.close();
    changed();
    showHelp(changed);
  }
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}
