/** The keys. Single letters count only while the list or the document has the focus, and can be switched off. */

import { settings } from "../settings.ts";
import type { Key } from "../i18n/index.ts";

export interface Acts {
  move(by: 1 | -1): void;
  fold(open: boolean): void;
  redact(): void;
  keep(): void;
  confirm(): void;
  widen(): void;
  group(): void;
  nextOpen(by: 1 | -1): void;
  preview(): void;
  find(): void;
  section(by: 1 | -1): void;
  undo(): void;
  redo(): void;
  finish(): void;
  help(): void;
  escape(): void;
}

/** What single keys do, with the keys that do it until somebody chooses others. */
export const DEFAULT_KEYS = {
  down: ["j"],
  up: ["k"],
  redact: ["r"],
  keep: ["e"],
  widen: ["a"],
  group: ["g"],
  next: ["n"],
  previous: ["N"],
  preview: ["p"],
  find: ["f", "/"],
  "section-back": ["["],
  "section-on": ["]"],
  help: ["?"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type KeyAct = keyof typeof DEFAULT_KEYS;
export const KEY_ACTS = Object.keys(DEFAULT_KEYS) as readonly KeyAct[];

const DOES: { readonly [act in KeyAct]: (acts: Acts) => void } = {
  down: (acts) => acts.move(1),
  up: (acts) => acts.move(-1),
  redact: (acts) => acts.redact(),
  keep: (acts) => acts.keep(),
  widen: (acts) => acts.widen(),
  group: (acts) => acts.group(),
  next: (acts) => acts.nextOpen(1),
  previous: (acts) => acts.nextOpen(-1),
  preview: (acts) => acts.preview(),
  find: (acts) => acts.find(),
  "section-back": (acts) => acts.section(-1),
  "section-on": (acts) => acts.section(1),
  help: (acts) => acts.help(),
};

/** The keys that do this now. */
export function keysOf(act: KeyAct): readonly string[] {
  const chosen = settings.get().keys[act];
  return chosen === undefined ? DEFAULT_KEYS[act] : [chosen];
}

/** What a key does now. */
export function actOf(key: string): KeyAct | undefined {
  const exact = KEY_ACTS.find((act) => keysOf(act).includes(key));
  // With caps lock on, a letter that stands for nothing is the small one.
  return exact ?? KEY_ACTS.find((act) => keysOf(act).includes(key.toLowerCase()));
}

/** A key as it is printed on a button. */
export function keyName(key: string): string {
  if (key.toLowerCase() !== key.toUpperCase()) return key === key.toLowerCase() ? key.toUpperCase() : `Shift+${key}`;
  return key;
}

export function keyNames(act: KeyAct): string {
  return keysOf(act).map(keyName).join(", ");
}

/** Gives an act another key. What had the key before keeps it: the answer is then what that is. */
export function bindKey(act: KeyAct, key: string): KeyAct | null {
  const taken = KEY_ACTS.find((other) => other !== act && keysOf(other).includes(key));
  if (taken) return taken;
  settings.set({ keys: { ...settings.get().keys, [act]: key } });
  return null;
}

/** For the help: keys and what they do. */
export function keyMap(): readonly (readonly [readonly string[], Key])[] {
  const named = (...acts: readonly KeyAct[]): readonly string[] => acts.flatMap((act) => keysOf(act).map(keyName));
  return [
    [[...named("down"), "↓"], "key.down"],
    [[...named("up"), "↑"], "key.up"],
    [["→", "←"], "key.fold"],
    [named("redact"), "key.redact"],
    [named("keep"), "key.keep"],
    [["Enter"], "key.confirm"],
    [named("widen"), "key.widen"],
    [named("group"), "key.group"],
    [named("next", "previous"), "key.open"],
    [named("preview"), "key.preview"],
    [named("find"), "key.find"],
    [named("section-back", "section-on"), "key.section"],
    [["Ctrl+Z", "Ctrl+Shift+Z"], "key.undo"],
    [["Ctrl+S"], "key.finish"],
    [named("help"), "key.help"],
  ];
}

/** Whether the key was used. */
export function press(event: KeyboardEvent, acts: Acts, place: "list" | "document" | "elsewhere"): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  const typing = target !== null && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
  const command = event.ctrlKey || event.metaKey;
  if (event.altKey) return false;
  if (command) {
    const letter = event.key.toLowerCase();
    if (letter === "s" && !event.shiftKey) return did(acts.finish());
    if (typing) return false;
    if (letter === "z") return did(event.shiftKey ? acts.redo() : acts.undo());
    if (letter === "y") return did(acts.redo());
    return false;
  }
  if (event.key === "Escape") return did(acts.escape());
  if (typing || place === "elsewhere") return false;
  const onControl = target?.tagName === "BUTTON" && !target.classList.contains("row-main") && !target.classList.contains("group-head");
  switch (event.key) {
    case "ArrowDown": return place === "list" && did(acts.move(1));
    case "ArrowUp": return place === "list" && did(acts.move(-1));
    case "ArrowRight": return place === "list" && did(acts.fold(true));
    case "ArrowLeft": return place === "list" && did(acts.fold(false));
    case "Enter": return !onControl && target?.classList.contains("group-head") !== true && did(acts.confirm());
  }
  if (!settings.get().keysOn) return false;
  const act = actOf(event.key);
  return act !== undefined && did(DOES[act](acts));
}

function did(_: void): true {
  return true;
}
