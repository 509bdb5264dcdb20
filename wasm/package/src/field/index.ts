/** `<subrosa-field>`. Importing this registers the element. */
import { SubrosaField } from "./element.js";
import type { SubrosaEvents } from "./herald.js";

if (typeof customElements !== "undefined" && !customElements.get("subrosa-field")) customElements.define("subrosa-field", SubrosaField);

export { SubrosaField, type SubrosaEvents };
export type { FileReceipt, Receipt, Refusal } from "./receipt.js";
export type { Strings } from "./strings.js";

declare global {
  interface HTMLElementTagNameMap {
    "subrosa-field": SubrosaField;
  }
  interface HTMLElementEventMap extends SubrosaEvents {}
}
