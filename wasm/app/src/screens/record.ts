/** The record that brings values back: its download, and its use. */

import { announce } from "../announce.ts";
import { h, icon } from "../dom.ts";
import { takeEngine } from "../engines.ts";
import { downloadLink } from "../files.ts";
import { t } from "../i18n/index.ts";
import { sealRecord, unsealRecord, UnsealError } from "../record.ts";
import { failureWords } from "../words.ts";
import type { RestoreRecord } from "subrosa";

export interface Card {
  readonly element: HTMLElement;
  dispose(): void;
}

/** Offers the sealed record and its key, as two files. */
export function recordCard(record: RestoreRecord, name: string): Card {
  const links = h("div", { class: "wrap" });
  const ends: (() => void)[] = [];
  let gone = false;
  const element = h("section", { class: "card record" }, h("h2", {}, t("record.title")), h("p", {}, t("record.lead")),
    h("p", { class: "notice bad" }, icon("alert"), h("span", {}, t("record.warning"))), links);
  sealRecord(record).then((sealed) => {
    if (gone) return;
    const file = h("a", { class: "button", data: { record: "file" } }, icon("download"), t("record.file"));
    const key = h("a", { class: "button", data: { record: "key" } }, icon("lock"), t("record.key"));
    ends.push(downloadLink(file, sealed.record, `${name}.record.json`), downloadLink(key, sealed.key, `${name}.record-key.txt`));
    links.append(file, key);
  }, () => links.append(h("p", {}, t("record.unsealable"))));
  return {
    element,
    dispose() {
      gone = true;
      for (const end of ends) end();
    },
  };
}

/** Turns the codes of a document back. */
export function restoreCard(): HTMLElement {
  const chooser = (label: string, accept?: string): readonly [HTMLElement, HTMLInputElement] => {
    const input = h("input", { type: "file", class: "field-input", required: true, accept });
    return [h("label", { class: "stack" }, h("span", {}, label), input), input];
  };
  const [one, document] = chooser(t("restore.document"));
  const [two, record] = chooser(t("record.file"), ".json");
  const [three, key] = chooser(t("record.key"), ".txt");
  const answer = h("div", { class: "restore-answer" });
  const say = (text: string): void => {
    answer.replaceChildren(h("p", { class: "notice bad" }, icon("alert"), h("span", {}, text)));
    announce(text);
  };
  const button = h("button", { class: "button" }, t("restore.go"));
  const form = h("form", { class: "details-body", on: { submit: (event) => {
    event.preventDefault();
    void restore();
  } } }, h("p", { class: "muted" }, t("restore.lead")), one, two, three, h("div", { class: "row-end" }, button), answer);

  async function restore(): Promise<void> {
    const [file, sealed, secret] = [document.files?.[0], record.files?.[0], key.files?.[0]];
    if (!file || !sealed || !secret || button.disabled) return;
    button.disabled = true;
    answer.replaceChildren();
    try {
      const opened = await unsealRecord(await sealed.text(), await secret.text());
      const engine = await takeEngine();
      try {
        const outcome = await engine.restoreFile(file, opened, { name: file.name });
        if (!outcome.ok) return say(failureWords(outcome.error).what);
        const link = h("a", { class: "button primary" }, icon("download"), t("restore.save", { name: outcome.file.name }));
        downloadLink(link, outcome.file, outcome.file.name);
        const words = t("restore.done", { n: outcome.lost });
        answer.replaceChildren(h("p", {}, words), link);
        announce(words);
      } finally {
        engine.close();
      }
    } catch (error) {
      say(error instanceof UnsealError ? t("restore.wrong-key") : t("failure.internal"));
    } finally {
      button.disabled = false;
    }
  }
  return h("details", { class: "card restore-card" }, h("summary", {}, h("h2", {}, t("restore.title"))), form);
}
