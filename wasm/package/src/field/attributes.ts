import type { Options } from "../types.js";

/** What the attributes say. */
export interface Settings {
  readonly options: Options;
  /** For the receipt. */
  readonly policy: string;
  readonly onError: "block" | "clear";
  readonly show: "marks" | "list" | "none";
  readonly dropZone: string | null;
  /** File names hold names of people: unless told otherwise, copies get others. */
  readonly fileNames: "neutral" | "keep";
}

/** The attributes of the field itself. */
export const OWN = ["policy", "allow", "entities", "on-error", "show", "drop-zone", "file-names", "unlock"] as const;

/**
 * Attributes of every element and of form-associated ones, and the marks that frameworks leave. A name outside these is a
 * misspelling that would silently weaken the field.
 */
const COMMON = new Set([
  "accesskey", "autofocus", "class", "contenteditable", "dir", "draggable", "enterkeyhint", "exportparts", "hidden", "id", "inert", "inputmode",
  "is", "itemid", "itemprop", "itemref", "itemscope", "itemtype", "lang", "nonce", "part", "popover", "role", "slot", "spellcheck",
  "style", "tabindex", "title", "translate", "key", "ref", "form", "name", "disabled", "readonly",
]);
const FOREIGN = /^(?:data-|aria-|on[a-z]+$|_|ng-|v-|x-|hx-|[@:*#[(])/u;

/** Why a field cannot do what it was asked; for whoever wrote the page. */
export class SettingsError extends Error {}

export function readSettings(host: HTMLElement, extra: Options): Settings {
  for (const { name } of Array.from(host.attributes)) {
    if (!(OWN as readonly string[]).includes(name) && !COMMON.has(name) && !FOREIGN.test(name)) throw new SettingsError(`Unknown attribute "${name}".`);
  }
  const policy = host.getAttribute("policy")?.trim();
  if (policy === "") throw new SettingsError('The attribute "policy" is empty.');
  const allow = ids(host, "allow");
  const entities = ids(host, "entities");
  const options: Options = { ...extra, ...(policy && { policy }), ...(allow && { allow }), ...(entities && { entities }) };
  return {
    options,
    policy: typeof options.policy === "object" ? "custom" : (options.policy ?? "redact"),
    onError: choice(host, "on-error", ["block", "clear"]),
    show: choice(host, "show", ["marks", "list", "none"]),
    dropZone: dropZone(host),
    fileNames: choice(host, "file-names", ["neutral", "keep"]),
  };
}

function choice<T extends string>(host: HTMLElement, name: string, choices: readonly [T, ...T[]]): T {
  const value = host.getAttribute(name);
  if (value === null) return choices[0];
  const chosen = choices.find((known) => known === value.trim());
  if (!chosen) throw new SettingsError(`The attribute "${name}" has to be one of: ${choices.join(", ")}.`);
  return chosen;
}

function ids(host: HTMLElement, name: string): readonly string[] | undefined {
  const value = host.getAttribute(name);
  if (value === null) return undefined;
  const list = value.split(/[\s,]+/u).filter(Boolean);
  const wrong = list.find((id) => !/^[A-Z][A-Z0-9_]*$/u.test(id));
  if (wrong !== undefined || !list.length) throw new SettingsError(`The attribute "${name}" has to list entities such as PERSON, PHONE_NUMBER.`);
  return list;
}

function dropZone(host: HTMLElement): string | null {
  const selector = host.getAttribute("drop-zone");
  if (selector === null) return null;
  try {
    document.createDocumentFragment().querySelector(selector);
  } catch {
    throw new SettingsError('The attribute "drop-zone" has to be a CSS selector.');
  }
  return selector;
}
