/** Which single keys do what: a field for each, that takes the key that is pressed in it. */

import { announce } from "../announce.ts";
import { h, icon } from "../dom.ts";
import { t } from "../i18n/index.ts";
import { bindKey, KEY_ACTS, keyName, keyNames, type KeyAct } from "../review/keys.ts";
import { settings } from "../settings.ts";

export function showKeys(done: () => void): void {
  const dialog = h("dialog", { class: "help keys", "aria-labelledby": "keys-title" });
  const problem = h("p", { class: "key-problem", role: "alert" });
  const fields = h("div", { class: "key-fields" });

  function field(act: KeyAct): HTMLElement {
    const input = h("input", { type: "text", class: "field-input key-input", value: keyNames(act), readonly: true, data: { act }, autocomplete: "off", "aria-describedby": "keys-hint" });
    input.addEventListener("keydown", (event) => {
      // Keys that move about, close, or belong to the browser stay what they are.
      if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || event.key === " ") return;
      event.preventDefault();
      const taken = bindKey(act, event.key);
      problem.textContent = taken ? t("keys.taken", { key: keyName(event.key), act: t(`keyact.${taken}`) }) : "";
      input.value = keyNames(act);
      if (!taken) announce(t("keys.set", { key: keyName(event.key), act: t(`keyact.${act}`) }));
    });
    return h("label", { class: "key-field" }, h("span", {}, t(`keyact.${act}`)), input);
  }
  const paint = (): void => fields.replaceChildren(...KEY_ACTS.map(field));
  paint();
  dialog.append(
    h("div", { class: "help-head" }, h("h2", { id: "keys-title" }, t("keys.title")), h("button", { type: "button", class: "button quiet only-icon", "aria-label": t("close"), on: { click: () => dialog.close() } }, icon("close"))),
    h("p", { class: "hint", id: "keys-hint" }, t("keys.hint")),
    fields, problem,
    h("div", { class: "wrap" },
      h("button", { type: "button", class: "button primary", on: { click: () => dialog.close() } }, t("keys.done")),
      h("button", { type: "button", class: "button", on: { click: () => {
        settings.set({ keys: {} });
        problem.textContent = "";
        paint();
        announce(t("keys.reset-done"));
      } } }, t("keys.reset"))),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    done();
  });
  document.body.append(dialog);
  dialog.showModal();
}
