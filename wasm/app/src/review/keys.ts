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

/** For the help: keys and what they do. */
export const KEY_MAP: readonly (readonly [readonly string[], Key])[] = [
  [["J", "↓"], "key.down"],
  [["K", "↑"], "key.up"],
  [["→", "←"], "key.fold"],
  [["R"], "key.redact"],
  [["E"], "key.keep"],
  [["Enter"], "key.confirm"],
  [["A"], "key.widen"],
  [["G"], "key.group"],
  [["N", "Shift+N"], "key.open"],
  [["P"], "key.preview"],
  [["F", "/"], "key.find"],
  [["[", "]"], "key.section"],
  [["Ctrl+Z", "Ctrl+Shift+Z"], "key.undo"],
  [["Ctrl+S"], "key.finish"],
  [["?"], "key.help"],
];

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
  switch (event.key) {
    case "j": case "J": return did(acts.move(1));
    case "k": case "K": return did(acts.move(-1));
    case "r": case "R": return did(acts.redact());
    case "e": case "E": return did(acts.keep());
    case "a": case "A": return did(acts.widen());
    case "g": case "G": return did(acts.group());
    case "n": case "N": return did(acts.nextOpen(event.shiftKey ? -1 : 1));
    case "p": case "P": return did(acts.preview());
    case "f": case "F": case "/": return did(acts.find());
    case "[": return did(acts.section(-1));
    case "]": return did(acts.section(1));
    case "?": return did(acts.help());
    default: return false;
  }
}

function did(_: void): true {
  return true;
}
