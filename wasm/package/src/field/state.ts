import type { Engine, Entity } from "../types.js";
import type { Settings } from "./attributes.js";
import type { Problem, Use } from "./engine.js";
import type { Receipt } from "./receipt.js";
import type { Strings } from "./strings.js";

/** Whether what the control holds at this moment may be sent, and if not, why. */
export type State =
  | { readonly kind: "empty" }
  | { readonly kind: "pending" }
  | { readonly kind: "ready"; readonly receipt: Receipt }
  | { readonly kind: "failed"; readonly problem: Problem };

/** What a keeper needs from its field. */
export interface Desk {
  readonly host: HTMLElement;
  readonly settings: Settings;
  readonly strings: Strings;
  engine(use: Use): Promise<Engine>;
  changed(): void;
  scanned(counts: Readonly<Record<Entity, number>>): void;
}

/** Watches over one control. */
export interface Keeper {
  readonly control: HTMLElement;
  /** Looks at the control as it is now; nothing that happened before is taken on trust. */
  sync(): State;
  /** Checks again, if there is anything to check. */
  retry(): void;
  /** What the form gets instead of the control's entries; `null` when nothing may be sent. Only for the present state. */
  outgoing(): string | readonly File[] | null;
  /** Settings or engine are others: what was checked does not count any more. */
  invalidate(): void;
  reset(): void;
  dispose(): void;
}
