/**
 * Listens before anybody else on a page does, for all fields of it: what is chosen, pasted or dropped, and what forms send.
 */
import type { State } from "./state.js";

/** A field, as the guard sees it. */
export interface Guarded extends HTMLElement {
  /** The form that sends the control. */
  readonly owner: HTMLFormElement | null;
  /** Whether anything in the field belongs to the form. */
  sends(form: HTMLFormElement): boolean;
  /** What holds at this moment, read from the control. */
  settle(): State;
  /** Whether the form may go. */
  readonly blocks: boolean;
  /** A submit was held back: it is done as soon as everything is checked, or the person is told why not. */
  held(waiting: boolean): void;
  /** Puts what may be sent in place of what is in the data. */
  protect(data: FormData): void;
  chosen(event: Event): void;
  /** The field takes these files, if it is one for files and they were dropped or pasted where it says. */
  offered(event: DragEvent | ClipboardEvent, path: readonly EventTarget[]): boolean;
}

const fields = new Set<Guarded>();
const roots = new WeakSet<EventTarget>();
const forms = new WeakSet<HTMLFormElement>();
const treated = new WeakSet<FormData>();

export function enter(field: Guarded): void {
  fields.add(field);
  const root = field.getRootNode();
  watch(window);
  // `change`, `submit` and `formdata` do not leave a shadow tree.
  if (root instanceof ShadowRoot) watch(root);
}

export function leave(field: Guarded): void {
  fields.delete(field);
}

export function each(visit: (field: Guarded) => void): void {
  for (const field of fields) visit(field);
}

/** A form may be asked for its data while it is in no document. */
export function watchForm(form: HTMLFormElement | null): void {
  if (!form || forms.has(form)) return;
  forms.add(form);
  form.addEventListener("formdata", onFormData, true);
}

function watch(root: EventTarget): void {
  if (roots.has(root)) return;
  roots.add(root);
  root.addEventListener("formdata", onFormData as EventListener, true);
  root.addEventListener("submit", onSubmit as EventListener, true);
  root.addEventListener("click", onClick, true);
  root.addEventListener("keypress", onKey as EventListener, true);
  for (const type of ["input", "change"]) root.addEventListener(type, onChosen, true);
  for (const type of ["dragenter", "dragover", "drop", "paste"]) root.addEventListener(type, onOffered as EventListener, true);
}

function fieldsOf(form: HTMLFormElement): readonly Guarded[] {
  const inside = Array.from(form.querySelectorAll<Guarded>("subrosa-field")).filter((field) => "protect" in field);
  return [...new Set([...fields, ...inside])].filter((field) => field.sends(form));
}

function onFormData({ formData, target }: FormDataEvent): void {
  if (treated.has(formData) || !(target instanceof HTMLFormElement)) return;
  treated.add(formData);
  for (const field of fieldsOf(target)) field.protect(formData);
}

/** What a person wanted to send, and has to wait for. */
const waiting = new WeakMap<HTMLFormElement, { readonly submitter: HTMLElement | null }>();
/** The click or key that is being dealt with just now. */
let act: { readonly form: HTMLFormElement; readonly submitter: HTMLElement | null; readonly event: Event } | null = null;

/** Validation may be switched off, and a value may have changed without an event: nothing unchecked passes here. */
function onSubmit(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  const all = fieldsOf(form);
  for (const field of all) field.settle();
  if (!all.some(({ blocks }) => blocks)) return waiting.delete(form), undefined;
  event.preventDefault();
  event.stopImmediatePropagation();
  hold(form, event.submitter);
}

function hold(form: HTMLFormElement, submitter: HTMLElement | null): void {
  const all = fieldsOf(form);
  const pending = all.some((field) => field.settle().kind === "pending");
  if (pending) waiting.set(form, { submitter });
  else waiting.delete(form);
  for (const field of all) if (field.blocks) field.held(pending);
}

function onClick(event: Event): void {
  const [target] = event.composedPath();
  const button = target instanceof Element ? target.closest<HTMLButtonElement | HTMLInputElement>("button, input") : null;
  if (button?.form && (button.type === "submit" || button.type === "image")) begin(button.form, button, event);
}

/** Enter in a form without a submit button. With one, browsers click it. */
function onKey(event: KeyboardEvent): void {
  const [target] = event.composedPath();
  if (event.key === "Enter" && target instanceof HTMLInputElement && target.form) begin(target.form, null, event);
}

function begin(form: HTMLFormElement, submitter: HTMLElement | null, event: Event): void {
  const all = fieldsOf(form);
  if (!all.length) return;
  // Validity is judged right after this: it has to be that of the present values.
  for (const field of all) field.settle();
  act = { form, submitter, event };
  setTimeout(() => (act = null));
}

/** A field's `invalid`: the browser refuses to submit, or a script asked. */
export function refused(field: Guarded): void {
  if (!act || act.form !== field.owner) return;
  const { form, submitter, event } = act;
  setTimeout(() => {
    if (!event.defaultPrevented) hold(form, submitter);
  });
}

/** Somebody typed on: what was wanted before is no longer. */
export function forget(form: HTMLFormElement | null): void {
  if (form) waiting.delete(form);
}

/** A field's state changed: what waited for it may go now. */
export function proceed(form: HTMLFormElement | null): void {
  const wish = form && waiting.get(form);
  if (!wish) return;
  const states = fieldsOf(form).map((field) => ({ field, state: field.settle() }));
  if (states.some(({ state }) => state.kind === "pending")) return;
  waiting.delete(form);
  const blocking = states.filter(({ field }) => field.blocks);
  for (const { field } of blocking) field.held(false);
  if (blocking.length || !form.isConnected) return;
  const { submitter } = wish;
  const button = submitter?.isConnected && (submitter as HTMLButtonElement).form === form ? submitter : null;
  form.requestSubmit(button);
}

export function isWaiting(form: HTMLFormElement | null): boolean {
  return form !== null && waiting.has(form);
}

function fieldIn(event: Event): Guarded | undefined {
  return event.composedPath().find((node): node is Guarded => fields.has(node as Guarded));
}

function onChosen(event: Event): void {
  fieldIn(event)?.chosen(event);
}

function onOffered(event: DragEvent | ClipboardEvent): void {
  const path = event.composedPath();
  const nearest = fieldIn(event);
  const order = nearest ? [nearest, ...fields] : [...fields];
  order.some((field) => field.offered(event, path));
}
