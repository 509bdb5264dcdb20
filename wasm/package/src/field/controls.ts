export type TextControl = HTMLTextAreaElement | HTMLInputElement;
export type Wrapped =
  | { readonly kind: "text"; readonly control: TextControl }
  | { readonly kind: "editable"; readonly control: HTMLElement }
  | { readonly kind: "file"; readonly control: HTMLInputElement };

/** What can be sent from within the field. Hidden inputs too: an editor may keep its raw text in one. */
const CONTROLS = "textarea, select, input:not([type=button i], [type=submit i], [type=reset i], [type=image i]), [contenteditable]:not([contenteditable=false i])";
const TEXT_KINDS = new Set(["text", "search", "email", "tel", "url"]);

/** All controls in the field, whether it can deal with them or not. */
export function controlsIn(host: HTMLElement): readonly HTMLElement[] {
  const all = Array.from(host.querySelectorAll<HTMLElement>(CONTROLS));
  return all.filter((control) => !(isEditable(control) && control.parentElement?.closest("[contenteditable]:not([contenteditable=false i])")));
}

/** The one control of the field, `undefined` while there is none, `null` when there are several or one that is not supported. */
export function wrapped(controls: readonly HTMLElement[]): Wrapped | null | undefined {
  const [control, ...more] = controls;
  if (!control) return undefined;
  if (more.length) return null;
  if (control instanceof HTMLTextAreaElement) return { kind: "text", control };
  if (control instanceof HTMLInputElement) {
    if (control.type === "file") return { kind: "file", control };
    return TEXT_KINDS.has(control.type) ? { kind: "text", control } : null;
  }
  return isEditable(control) ? { kind: "editable", control } : null;
}

export function isEditable(control: HTMLElement): boolean {
  return control.matches("[contenteditable]") && !(control instanceof HTMLTextAreaElement || control instanceof HTMLInputElement || control instanceof HTMLSelectElement);
}

/** Controls with entries of their own in a form. */
export function submits(control: HTMLElement): control is TextControl | HTMLSelectElement {
  return control instanceof HTMLTextAreaElement || control instanceof HTMLInputElement || control instanceof HTMLSelectElement;
}

/** The names of everything within an element that has entries, elements of other libraries included. */
export function namesIn(host: HTMLElement): ReadonlySet<string> {
  const inside = Array.from(host.querySelectorAll("*")).filter((element) => "form" in element || element.localName.includes("-"));
  return new Set(inside.map((element) => element.getAttribute("name") ?? "").filter(Boolean));
}
