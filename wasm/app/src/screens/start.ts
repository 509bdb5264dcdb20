/** Where one begins: a file or text, and what is to be removed. */

import type { Catalogue, Parameter } from "subrosa";
import { isEmpty, NOBODY, PARTS, type Part, type Person } from "../case-sheet.ts";
import { append, freshId, h, icon, replace } from "../dom.ts";
import { parameterWords } from "../i18n/engine-words.ts";
import { hasMessage, t, type Key } from "../i18n/index.ts";
import { addFiles, jobs, startNow } from "../jobs.ts";
import { DEFAULT_POLICY, parseKey, settings, type Settings } from "../settings.ts";
import { announce } from "../announce.ts";
import { acceptedTypes } from "../files.ts";
import { restoreCard } from "./record.ts";
import type { Go, Screen } from "./screen.ts";

/** Shown first; the others are under "more". */
const USUAL = [DEFAULT_POLICY, "safe-harbor", "therapy-notes", "gdpr-pseudonymise"];

export function startScreen(catalogue: Catalogue, go: Go): Screen {
  const element = h("div", { class: "start" },
    h("div", { class: "hero" },
      h("h1", {}, t("start.title")),
      h("p", { class: "lead" }, t("start.lead")),
    ),
    h("div", { class: "start-grid" },
      h("div", { class: "start-main" }, dropZone(catalogue, go), pasteBox(go), checkCard(catalogue, go), restoreCard()),
      h("div", { class: "start-side" }, policyCard(catalogue), moreCard()),
    ),
    limits(),
  );
  return {
    element,
    title: t("app.title"),
    shown: () => element.querySelector<HTMLElement>("h1")?.scrollIntoView({ block: "end" }),
    dispose: () => undefined,
  };
}

/** Says what is missing before a file is read, and puts the focus there. */
function ready(): boolean {
  const missing = document.querySelector<HTMLInputElement | HTMLSelectElement>(".start-side input:invalid, .start-side select:invalid");
  if (!missing) return true;
  missing.closest("details")?.setAttribute("open", "");
  missing.reportValidity();
  missing.focus();
  announce(t("start.missing"));
  return false;
}

export function begin(files: readonly File[], purpose: "redact" | "check", go: Go, pasted = false): void {
  if (files.length === 0) return;
  if (purpose === "redact" && !ready()) return;
  const added = addFiles(files, purpose, pasted);
  const first = added[0];
  if (first && added.length === 1 && jobs().length === 1) startNow(first);
  go("files", added.length === 1 ? first : undefined);
}

function dropZone(catalogue: Catalogue, go: Go): HTMLElement {
  const input = fileInput(catalogue, (files) => begin(files, "redact", go));
  const zone = h("div", { class: "drop card" },
    h("div", { class: "drop-art", "aria-hidden": true }, icon("file")),
    h("h2", {}, t("drop.title")),
    h("p", { class: "muted" }, t("drop.kinds")),
    h("button", { type: "button", class: "button primary large", on: { click: () => input.click() } }, icon("upload"), t("drop.choose")),
    input,
    h("p", { class: "promise" }, icon("lock"), h("span", {}, t("drop.promise"))),
  );
  return zone;
}

/** Hidden: the button beside it opens it, so that it looks and sounds like every other button. */
export function fileInput(catalogue: Catalogue, chosen: (files: readonly File[]) => void): HTMLInputElement {
  const input = h("input", { type: "file", multiple: true, hidden: true, accept: acceptedTypes(catalogue.formats), on: { change: () => {
    const files = [...(input.files ?? [])];
    input.value = "";
    chosen(files);
  } } });
  return input;
}

function pasteBox(go: Go): HTMLElement {
  const id = freshId("paste");
  const area = h("textarea", { id, class: "field-input", rows: 5, placeholder: t("paste.placeholder"), spellcheck: "false", autocomplete: "off" });
  const button = h("button", { type: "button", class: "button", disabled: true, on: { click: () => begin([new File([area.value], `${t("paste.file")}.txt`, { type: "text/plain" })], "redact", go, true) } }, t("paste.review"));
  area.addEventListener("input", () => (button.disabled = area.value.trim() === ""));
  return h("div", { class: "card paste" }, h("h2", {}, h("label", { for: id }, t("paste.title"))), area, h("div", { class: "row-end" }, button));
}

function checkCard(catalogue: Catalogue, go: Go): HTMLElement {
  const input = fileInput(catalogue, (files) => begin(files, "check", go));
  return h("div", { class: "card check-card" },
    h("div", {}, h("h2", {}, t("check.title")), h("p", { class: "muted" }, t("check.lead"))),
    h("button", { type: "button", class: "button", data: { drop: "check" }, on: { click: () => input.click() } }, icon("search"), t("check.choose")),
    input);
}

function policyCard(catalogue: Catalogue): HTMLElement {
  const group = freshId("policy");
  // What the chosen policy asks stands right below it, wherever in the list that is.
  const asked = h("div", { class: "asked" });
  const options = new Map<string, HTMLElement>();
  const known = new Map(catalogue.policies.map((policy) => [policy.name, policy]));
  const usual = USUAL.filter((name) => known.has(name));
  const rest = catalogue.policies.map(({ name }) => name).filter((name) => !usual.includes(name));

  const option = (name: string): HTMLElement => {
    const input = h("input", { type: "radio", name: group, value: name, checked: settings.get().policy === name, on: { change: () => {
      settings.set({ policy: name });
      ask();
      asked.scrollIntoView({ block: "nearest" });
    } } });
    const basis = known.get(name)?.basis;
    const label = h("label", { class: "option" }, input, h("span", { class: "option-words" }, h("span", { class: "option-name" }, policyName(name)), h("span", { class: "option-note" }, policyNote(name, known.get(name)?.description ?? "")), basis && h("span", { class: "option-basis" }, basis)));
    options.set(name, label);
    return label;
  };

  function ask(): void {
    const policy = known.get(settings.get().policy);
    const parameters = [...(policy?.parameters ?? [])].sort((a, b) => Number(b.required) - Number(a.required));
    const fields = parameters.map((parameter) => parameterField(policy?.name ?? "", parameter));
    replace(asked, ...fields, policy?.needsKey === true && keyField());
    asked.hidden = asked.childElementCount === 0;
    options.get(settings.get().policy)?.after(asked);
  }
  const card = h("fieldset", { class: "card policy" }, h("legend", {}, h("h2", {}, t("policy.title"))),
    h("div", { class: "options" }, ...usual.map(option)),
    h("details", { open: rest.includes(settings.get().policy) }, h("summary", {}, t("policy.more", { n: rest.length })), h("div", { class: "options" }, ...rest.map(option))));
  ask();
  return card;
}

export function policyName(name: string): string {
  const key = `policy.${name}.name`;
  return hasMessage(key) ? t(key as Key) : name;
}

function policyNote(name: string, description: string): string {
  const key = `policy.${name}.note`;
  return hasMessage(key) ? t(key as Key) : description;
}

/** A field for what the policy asks. Words of the engine are English; the page has its own for the usual policies. */
function parameterField(policy: string, { name, description, required, default: usual, choices }: Parameter): HTMLElement {
  const key = `parameter.${name}`;
  const own = hasMessage(key);
  const value = settings.get().parameters[name] ?? "";
  const change = (next: string): void => settings.set({ parameters: { ...settings.get().parameters, [name]: next } });
  // What was chosen for another policy may be none of this one's words.
  const chosen = choices.includes(value) ? value : (usual ?? "");
  if (choices.length > 0 && chosen !== value) change(chosen);
  const word = (choice: string): string => (hasMessage(`choice.${choice}`) ? t(`choice.${choice}` as Key) : choice);
  const hint = freshId("hint");
  const input = choices.length > 0
    ? h("select", { class: "field-input", required, "aria-describedby": hint, on: { change: (event) => change((event.target as HTMLSelectElement).value) } },
      (!required || usual === undefined) && chosen === "" && h("option", { value: "", selected: true }, t(required ? "parameter.choose" : "parameter.none")),
      ...choices.map((choice) => h("option", { value: choice, selected: choice === chosen }, word(choice))))
    : h("input", { type: "text", class: "field-input", value, required, placeholder: usual ?? "", maxlength: 200, autocomplete: "off", "aria-describedby": hint, data: { parameter: `${policy}.${name}` }, on: { input: (event) => change((event.target as HTMLInputElement).value) } });
  const help = parameterWords(policy, name, description);
  return h("div", { class: "stack" },
    h("label", { class: "stack" }, h("span", { ...(!own && { lang: "en" }) }, own ? t(key as Key) : name.replaceAll("_", " "), !required && h("span", { class: "muted" }, ` (${t("optional")})`)), input),
    h("span", { class: "hint", id: hint, lang: help.lang }, help.text));
}

function keyField(): HTMLElement {
  const input = h("input", { type: "password", class: "field-input", value: settings.get().key, autocomplete: "off", on: { input: () => {
    settings.set({ key: input.value });
    input.setCustomValidity(input.value.trim() === "" || parseKey(input.value) ? "" : t("key.bad"));
  } } });
  return h("label", { class: "stack" }, h("span", {}, t("key.label")), input, h("span", { class: "hint" }, t("key.hint")));
}

function moreCard(): HTMLElement {
  return h("div", { class: "card more-options" }, h("h2", {}, t("more.title")), caseSheet(), terms(), passwords());
}

function section(title: string, count: () => number, open: boolean, ...content: readonly Node[]): HTMLDetailsElement {
  const badge = h("span", { class: "count" });
  const update = (): void => {
    const n = count();
    badge.textContent = n > 0 ? String(n) : "";
    badge.hidden = n === 0;
  };
  const details = h("details", { open }, h("summary", {}, h("span", {}, title), badge), h("div", { class: "details-body" }, ...content));
  details.addEventListener("input", () => setTimeout(update));
  details.addEventListener("click", () => setTimeout(update));
  update();
  return details;
}

function caseSheet(): HTMLElement {
  const list = h("div", { class: "people" });
  const loaded = h("div", { class: "loaded" });

  function paint(focus?: number): void {
    const { people } = settings.get();
    replace(list, ...people.map((person, at) => personForm(person, at, (next) => {
      settings.set({ people: settings.get().people.map((other, index) => (index === at ? next : other)) });
    }, () => {
      settings.set({ people: settings.get().people.filter((_, index) => index !== at) });
      paint(Math.max(0, at - 1));
    })));
    if (focus !== undefined) (list.children[focus]?.querySelector<HTMLElement>("textarea, select") ?? add).focus();
  }

  function paintLoaded(): void {
    const { sheetFile, recipient } = settings.get();
    if (!sheetFile) return replace(loaded);
    replace(loaded,
      h("p", { class: "chip" }, icon("file"), sheetFile.name, h("button", { type: "button", class: "button quiet small only-icon", "aria-label": t("sheet.unload"), on: { click: () => {
        settings.set({ sheetFile: null, recipient: "" });
        paintLoaded();
      } } }, icon("close"))),
      h("label", { class: "stack" }, h("span", {}, t("sheet.recipient"), h("span", { class: "muted" }, ` (${t("optional")})`)), h("input", { type: "text", class: "field-input", value: recipient, autocomplete: "off", on: { input: (event) => settings.set({ recipient: (event.target as HTMLInputElement).value }) } }), h("span", { class: "hint" }, t("sheet.recipient.hint"))));
  }

  const file = h("input", { type: "file", hidden: true, accept: ".toml", on: { change: () => {
    const chosen = file.files?.[0];
    file.value = "";
    void chosen?.text().then((toml) => {
      settings.set({ sheetFile: { name: chosen.name, toml } });
      paintLoaded();
    });
  } } });
  const add = h("button", { type: "button", class: "button", on: { click: () => {
    settings.set({ people: [...settings.get().people, { ...NOBODY, part: settings.get().people.length === 0 ? "client" : "relative" }] });
    paint(settings.get().people.length - 1);
  } } }, icon("plus"), t("sheet.add"));
  paint();
  paintLoaded();
  return section(t("sheet.title"), () => settings.get().people.filter((person) => !isEmpty(person)).length + (settings.get().sheetFile ? 1 : 0), settings.get().people.length > 0 || settings.get().sheetFile !== null,
    h("p", { class: "hint" }, t("sheet.lead")), list,
    h("div", { class: "wrap" }, add, h("button", { type: "button", class: "button quiet", on: { click: () => file.click() } }, icon("upload"), t("sheet.load")), file),
    loaded);
}

function personForm(initial: Person, at: number, change: (person: Person) => void, remove: () => void): HTMLElement {
  let person = initial;
  const set = (part: Partial<Person>): void => {
    person = { ...person, ...part };
    change(person);
  };
  const area = (key: "names" | "phones" | "emails" | "addresses" | "terms", rows: number): HTMLElement =>
    h("label", { class: "stack" }, h("span", {}, t(`person.${key}`)), h("textarea", { class: "field-input", rows, spellcheck: "false", autocomplete: "off", data: { person: key }, on: { input: (event) => set({ [key]: (event.target as HTMLTextAreaElement).value }) } }, person[key]));
  return h("fieldset", { class: "person" },
    h("legend", {}, t("person.number", { n: at + 1 })),
    h("button", { type: "button", class: "button quiet small only-icon remove-person", "aria-label": t("person.remove", { n: at + 1 }), on: { click: remove } }, icon("trash")),
    h("label", { class: "stack" }, h("span", {}, t("person.part")), h("select", { class: "field-input", on: { change: (event) => set({ part: (event.target as HTMLSelectElement).value as Part }) } }, ...(Object.keys(PARTS) as Part[]).map((part) => h("option", { value: part, selected: part === person.part }, t(`part.${part}`))))),
    area("names", 2),
    h("label", { class: "stack" }, h("span", {}, t("person.born")), h("input", { type: "date", class: "field-input", value: person.born, on: { input: (event) => set({ born: (event.target as HTMLInputElement).value }) } })),
    area("phones", 1), area("emails", 1), area("addresses", 1), area("terms", 1));
}

function terms(): HTMLElement {
  return section(t("terms.title"), () => settings.get().terms.split("\n").filter((line) => line.trim()).length, settings.get().terms !== "" || settings.get().keepTerms !== "",
    linesField("terms", t("terms.label"), t("terms.hint")), linesField("keepTerms", t("terms.keep"), t("terms.keep-hint")));
}

function passwords(): HTMLElement {
  return section(t("passwords.title"), () => settings.get().passwords.split("\n").filter((line) => line.trim()).length, settings.get().passwords !== "", linesField("passwords", t("passwords.label"), t("passwords.hint")));
}

function linesField(key: "terms" | "keepTerms" | "passwords", label: string, hint: string): HTMLElement {
  return h("label", { class: "stack" }, h("span", {}, label), h("textarea", { class: "field-input", rows: 3, spellcheck: "false", autocomplete: "off", on: { input: (event) => settings.set({ [key]: (event.target as HTMLTextAreaElement).value } as Partial<Settings>) } }, settings.get()[key]), h("span", { class: "hint" }, hint));
}

/** What the page cannot see, said before anything else is promised. */
export function limits(): HTMLElement {
  const list = h("ul", {});
  append(list, (["limits.pictures", "limits.meaning", "limits.look"] as const).map((key) => h("li", {}, t(key))));
  return h("section", { class: "limits", "aria-labelledby": "limits-title" }, h("h2", { id: "limits-title" }, t("limits.title")), list);
}
