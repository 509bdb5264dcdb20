import type { Decision, Engine, Finding, Options } from "../types.js";
import { OWN, readSettings, SettingsError, type Settings } from "./attributes.js";
import { controlsIn, namesIn, submits, wrapped, type Wrapped } from "./controls.js";
import { sharedEngine, type Problem, type Use } from "./engine.js";
import { FileKeeper } from "./file-keeper.js";
import { Drop } from "./drop.js";
import { replaceEntries } from "./entries.js";
import { remove } from "./form-data.js";
import { enter, forget, isWaiting, leave, proceed, refused, watchForm, type Guarded } from "./guard.js";
import { panelOf } from "./panel.js";
import type { Receipt } from "./receipt.js";
import { Herald } from "./herald.js";
import { isDark } from "./shade.js";
import type { Desk, Keeper, State } from "./state.js";
import { languages, stringsFor, type Strings } from "./strings.js";
import { adoptOutside } from "./style.js";
import { EditableSurface, MirrorSurface } from "./surface.js";
import { TextKeeper } from "./text-keeper.js";
import { start as tick } from "./ticker.js";
import { View, type Panel } from "./view.js";

/** A check that is done sooner than this is not worth a word: what was said before stays. Milliseconds. */
const CALM = 700;

/** On a server there are no elements; the module can be loaded there all the same. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/**
 * `<subrosa-field>`: wraps one text control, editable element or file input, shows what will be replaced, and sees to it that a
 * form sends the redacted text or file or nothing.
 *
 * Events, which bubble and hold no text of the document: `subrosa-scan` (`{ counts }`), `subrosa-ready` (`{ receipt }`) and
 * `subrosa-error` (`{ code, message }`).
 */
export class SubrosaField extends Base implements Guarded {
  static readonly formAssociated = true;
  static readonly observedAttributes = [...OWN, "lang", "name", "form"];
  /** Strings by language; add to it for others. */
  static readonly languages: Map<string, Strings> = languages;

  readonly #internals: ElementInternals | null;
  readonly #view: View;
  readonly #desk: Desk;
  readonly #children: MutationObserver;
  readonly #own: MutationObserver;
  #settings: Settings | null = null;
  /** The page asks for something that the field cannot do. */
  #misuse: Problem | null = null;
  #keeper: Keeper | null = null;
  #engine: Engine | null = null;
  #options: Options = {};
  #strings: Partial<Strings> = {};
  #shown: State["kind"] | null = null;
  #rendering = false;
  #stopTick: (() => void) | null = null;
  /** Since when a check is under way, and what was said before it. */
  #since = 0;
  #before: Panel | null = null;
  #calm: ReturnType<typeof setTimeout> | undefined;
  readonly #waiters = new Set<() => void>();
  readonly #drop: Drop;
  readonly #herald = new Herald(this);

  constructor() {
    super();
    this.#internals = attach(this);
    this.#drop = new Drop((over) => this.#flag("dragging", over));
    const root = this.attachShadow({ mode: "open" });
    this.#view = new View(root, (key, decision) => this.#decide(key, decision), (key) => this.#look(key));
    const field = this;
    this.#desk = {
      host: this,
      get settings() {
        if (!field.#settings) throw new SettingsError("The attributes are not understood.");
        return field.#settings;
      },
      get strings() {
        return field.#words;
      },
      engine: (use) => field.#load(use),
      changed: () => field.#changed(),
      scanned: (counts) => field.#herald.scanned(counts),
    };
    this.#children = new MutationObserver(() => this.#adopt());
    this.#own = new MutationObserver(() => this.#configure());
    this.addEventListener("input", (event) => this.#typed(event));
    this.addEventListener("compositionstart", () => this.#text?.composing(true));
    this.addEventListener("compositionend", () => this.#text?.composing(false));
    this.addEventListener("focusin", () => this.#warm());
    this.addEventListener("click", (event) => this.#clicked(event));
    this.addEventListener("invalid", (event) => this.#invalid(event), true);
  }

  /** The engine of this field; all fields without one share an engine that is made when it is needed. */
  get engine(): Engine | null {
    return this.#engine;
  }

  set engine(engine: Engine | null) {
    if (engine === this.#engine) return;
    this.#engine = engine;
    this.#keeper?.invalidate();
    this.#changed();
  }

  /** Options that have no attribute. What an attribute says goes before. */
  get options(): Options {
    return this.#options;
  }

  set options(options: Options) {
    this.#options = options;
    this.#configure();
    this.#keeper?.invalidate();
    this.#changed();
  }

  /** Replaces strings of this field. */
  get strings(): Partial<Strings> {
    return this.#strings;
  }

  set strings(strings: Partial<Strings>) {
    this.#strings = strings;
    this.#render();
  }

  get state(): State["kind"] {
    return this.settle().kind;
  }

  /** Of the present text; places, not values. */
  get findings(): readonly Finding[] {
    return this.settle().kind === "ready" ? (this.#text?.findings ?? []) : [];
  }

  get receipt(): Receipt | null {
    const state = this.settle();
    return state.kind === "ready" ? state.receipt : null;
  }

  /** What may be sent: the redacted text, or the redacted files; `null` when it cannot be checked. Waits for a check under way. */
  async value(): Promise<string | readonly File[] | null> {
    this.#text?.hurry();
    while (this.settle().kind === "pending") await new Promise<void>((resolve) => this.#waiters.add(resolve));
    return this.settle().kind === "failed" ? null : (this.#keeper?.outgoing() ?? null);
  }

  /** The value that a finding belongs to stays. */
  keep(finding: string): void {
    this.#decideFinding(finding, "keep");
  }

  /** The value that a finding belongs to goes. */
  redact(finding: string): void {
    this.#decideFinding(finding, "redact");
  }

  checkValidity(): boolean {
    this.settle();
    return this.#internals?.checkValidity?.() ?? !this.blocks;
  }

  reportValidity(): boolean {
    this.settle();
    return this.#internals?.reportValidity?.() ?? !this.blocks;
  }

  get validationMessage(): string {
    return this.#internals?.validationMessage ?? "";
  }

  get form(): HTMLFormElement | null {
    return this.owner;
  }

  // Life

  connectedCallback(): void {
    enter(this);
    this.#children.observe(this, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["contenteditable", "type", "form", "multiple", "disabled"] });
    this.#own.observe(this, { attributes: true });
    this.#stopTick = tick(() => this.#tick());
    this.#configure();
    this.#adopt();
    // The parser may not have come to the children yet.
    if (!this.#keeper) setTimeout(() => this.#changed());
  }

  disconnectedCallback(): void {
    leave(this);
    this.#children.disconnect();
    this.#own.disconnect();
    this.#stopTick?.();
    this.#stopTick = null;
    this.#view.announcer.stop();
    // Moved within the page, the field is back at once; otherwise what it drew and watched goes.
    queueMicrotask(() => {
      if (this.isConnected || !this.#keeper) return;
      this.#text?.surface.draw([]);
    });
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after) return;
    if (name === "lang" || name === "name" || name === "form") return this.#render();
    this.#configure();
    this.#keeper?.invalidate();
    this.#changed();
  }

  formAssociatedCallback(form: HTMLFormElement | null): void {
    watchForm(form);
  }

  formResetCallback(): void {
    this.#keeper?.reset();
    this.#changed();
  }

  formDisabledCallback(): void {
    this.#changed();
  }

  formStateRestoreCallback(): void {
    this.settle();
  }

  // Guarded

  get owner(): HTMLFormElement | null {
    const control = this.#control;
    if (control && submits(control)) return control.form;
    return this.#internals?.form ?? this.closest("form");
  }

  sends(form: HTMLFormElement): boolean {
    return this.owner === form || controlsIn(this).some((control) => submits(control) && control.form === form);
  }

  get blocks(): boolean {
    return this.#blocksIn(this.#state());
  }

  settle(): State {
    const state = this.#state();
    if (state.kind !== this.#shown) this.#changed();
    return state;
  }

  held(waiting: boolean): void {
    this.#render();
    if (waiting) return this.#text?.hurry();
    // The first of the form's troubles gets the focus.
    const form = this.owner;
    const first = form && Array.from(form.elements).find((element) => "validity" in element && !(element.validity as ValidityState).valid);
    if (!first || first === this) this.#control?.focus();
  }

  protect(data: FormData): void {
    const state = this.settle();
    const { current } = this.#inside();
    const keeper = this.#keeper;
    if (!current || !keeper || keeper.control !== current.control || this.#misuse) {
      // No telling what is whose: nothing that stands in the field is sent.
      return remove(data, namesIn(this));
    }
    const name = submits(current.control) ? current.control.name : (this.getAttribute("name") ?? "");
    if (name && !this.#isDisabled) replaceEntries(data, name, current, state, keeper);
  }

  chosen(event: Event): void {
    const { current } = this.#inside();
    if (current?.kind !== "file" || event.composedPath()[0] !== current.control) return;
    if (this.#keeper?.control !== current.control) this.#adopt();
    if (this.#keeper instanceof FileKeeper && !this.#misuse) this.#keeper.intercept(event);
    else if (current.control.files?.length) {
      event.stopImmediatePropagation();
      current.control.value = "";
    }
  }

  offered(event: DragEvent | ClipboardEvent, path: readonly EventTarget[]): boolean {
    const keeper = this.#keeper;
    if (!(keeper instanceof FileKeeper) || this.#misuse) return false;
    const zone = this.#settings?.dropZone;
    if (!path.includes(this) && !(zone && path.some((node) => node instanceof Element && node.matches(zone)))) return false;
    const files = this.#drop.take(event, this.#isDisabled);
    if (files?.length) {
      forget(this.owner);
      keeper.take(files);
    }
    return files !== null;
  }

  // Inner workings

  get #text(): TextKeeper | null {
    return this.#keeper instanceof TextKeeper ? this.#keeper : null;
  }

  get #control(): HTMLElement | undefined {
    return controlsIn(this)[0];
  }

  get #isDisabled(): boolean {
    const control = this.#control;
    return this.matches(":disabled") || (control !== undefined && control.matches(":disabled"));
  }

  get #words(): Strings {
    return stringsFor(this, this.#strings);
  }

  #inside(): { readonly current: Wrapped | null | undefined; readonly all: readonly HTMLElement[] } {
    const all = controlsIn(this);
    return { current: wrapped(all), all };
  }

  #state(): State {
    if (!this.#internals) return failed("browser", "This browser has no form-associated elements.");
    if (this.#misuse) return { kind: "failed", problem: this.#misuse };
    const { current } = this.#inside();
    if (current === null) return failed("control", "The field has to hold exactly one text control, editable element or file input.");
    if (current === undefined) {
      if (document.readyState === "loading") return { kind: "pending" };
      return failed("control", "The field holds no control.");
    }
    if (this.#keeper?.control !== current.control) this.#adopt();
    return this.#keeper?.sync() ?? { kind: "pending" };
  }

  #blocksIn(state: State): boolean {
    if (this.#isDisabled) return false;
    return state.kind === "pending" || (state.kind === "failed" && this.#settings?.onError !== "clear");
  }

  #configure(): void {
    try {
      this.#settings = readSettings(this, this.#options);
      this.#misuse = null;
    } catch (error) {
      this.#misuse = { code: "settings", message: error instanceof SettingsError ? error.message : "The attributes are not understood." };
    }
    if (this.#shown !== null) this.#changed();
  }

  #adopt(): void {
    const { current } = this.#inside();
    if (current && this.#keeper?.control === current.control) {
      // The text of an editable element may have been changed by a script.
      if (current.kind === "editable") this.#text?.sync().kind === "pending" && this.#text.typed();
      return this.settle(), undefined;
    }
    this.#keeper?.dispose();
    this.#keeper = null;
    if (current && this.#settings) {
      const { control } = current;
      if (current.kind === "file") this.#keeper = new FileKeeper(this.#desk, current.control);
      else if (current.kind === "text") this.#keeper = new TextKeeper(this.#desk, control, new MirrorSurface(current.control, this, this.#view.stage));
      else {
        const root = this.getRootNode();
        if (root instanceof Document || root instanceof ShadowRoot) adoptOutside(root);
        this.#keeper = new TextKeeper(this.#desk, control, new EditableSurface(control));
      }
      if (submits(control)) {
        watchForm(control.form);
        // Only then the field's validity counts where the control's does.
        const form = control.getAttribute("form");
        if (form !== null && !this.hasAttribute("form")) this.setAttribute("form", form);
      }
      if (this.hasAttribute("unlock") && this.#internals && !this.#misuse && submits(control)) control.disabled = false;
      this.#keeper.sync();
    }
    this.#changed();
  }

  #load(use: Use): Promise<Engine> {
    if (this.#engine) return Promise.resolve(this.#engine);
    return sharedEngine(use).catch((error: unknown) => {
      throw error instanceof Error && "code" in error ? error : Object.assign(new Error("The engine could not be loaded."), { code: "load" });
    });
  }

  /** Loading begins when somebody comes near, not when the page does. */
  #warm(): void {
    if (this.#misuse || !this.#keeper) return;
    void this.#load(this.#keeper instanceof FileKeeper ? "files" : "text").catch(() => undefined);
  }

  #typed(event: Event): void {
    const target = event.composedPath()[0];
    const control = this.#keeper?.control;
    if (!control || !(target instanceof Node) || !control.contains(target)) return;
    if (!event.isTrusted && this.#keeper instanceof FileKeeper) return;
    forget(this.owner);
    this.#text?.typed();
    this.settle();
  }

  #decide(key: string, decision: Decision): void {
    this.#text?.decide(key, decision);
    this.#render();
  }

  #decideFinding(id: string, decision: Decision): void {
    const key = this.#text?.keyOfFinding(id);
    if (key === undefined) throw new RangeError("There is no such finding.");
    this.#decide(key, decision);
  }

  #look(key: string | undefined): void {
    this.#text?.surface.select(key);
  }

  #clicked(event: MouseEvent): void {
    const text = this.#text;
    const target = event.composedPath()[0];
    if (!text || !(target instanceof Node) || !text.control.contains(target)) return;
    const key = text.surface.hit(event.clientX, event.clientY);
    text.surface.select(key);
    this.#view.list.choose(key);
  }

  #invalid(event: Event): void {
    const target = event.target;
    if (target === this) {
      // The field says itself what is wrong, in its own place and language.
      event.preventDefault();
      refused(this);
    } else if (this.#keeper instanceof FileKeeper && this.#keeper.work && target === this.#keeper.control) {
      // A required file input is empty while its file is being checked.
      event.preventDefault();
      refused(this);
    }
  }

  /** Something may be different: validity, looks, events, and whoever waits. */
  #changed(): void {
    if (this.#rendering) return;
    this.#rendering = true;
    let state: State;
    try {
      state = this.#state();
      if (state.kind === "pending" && this.#shown !== "pending") {
        this.#since = performance.now();
        this.#calm = setTimeout(() => this.#render(), CALM + 20);
      } else if (state.kind !== "pending") clearTimeout(this.#calm);
      this.#shown = state.kind;
      this.#judge(state);
      this.#render(state);
    } finally {
      this.#rendering = false;
    }
    this.#herald.outcome(state);
    if (state.kind !== "pending") {
      for (const resolve of this.#waiters) resolve();
      this.#waiters.clear();
    }
    if (state.kind !== "pending") proceed(this.owner);
  }

  #judge(state: State): void {
    if (!this.#internals) return;
    const blocks = this.#blocksIn(state);
    const anchor = this.#control;
    // Scripts of the page can read this: no name of a file.
    const message = !blocks ? "" : state.kind === "failed" ? this.#panel(state).message : this.#words.checking;
    if (!blocks) this.#internals.setValidity({});
    else if (anchor) this.#internals.setValidity({ customError: true }, message || " ", anchor);
    else this.#internals.setValidity({ customError: true }, message || " ");
    for (const name of ["pending", "failed", "ready", "empty"]) this.#flag(name, name === state.kind);
    this.#flag("dark", anchor !== undefined && isDark(anchor));
  }

  /** What no event tells: a value set by a script, a page that turns dark. */
  #tick(): void {
    this.settle();
    const { panel } = this.#view;
    if (isDark(this) !== panel.classList.contains("dark")) {
      this.#changed();
      this.#text?.surface.refresh();
    }
  }

  #flag(name: string, on: boolean): void {
    try {
      if (on) this.#internals?.states.add(name);
      else this.#internals?.states.delete(name);
    } catch {
      // Older browsers want other names; it is only a look.
    }
  }

  #render(state: State = this.#state()): void {
    if (!this.isConnected) return;
    const show = this.#settings?.show ?? "marks";
    const { panel, list } = this.#view;
    panel.classList.toggle("dark", isDark(this));
    panel.hidden = show === "none" && state.kind !== "failed" && !(this.#keeper instanceof FileKeeper && state.kind === "pending");
    const shown = this.#panel(state);
    if (state.kind !== "pending") this.#before = shown;
    this.#view.show(shown);
    const text = this.#text;
    const stays = state.kind === "ready" || state.kind === "pending";
    list.show(show !== "none" && stays && text ? text.values : [], text?.catalogue, this.#words);
  }

  #panel(state: State): Panel {
    const recent = performance.now() - this.#since < CALM ? this.#before : null;
    const clears = this.#settings?.onError === "clear";
    return panelOf(state, { words: this.#words, keeper: this.#keeper, waiting: isWaiting(this.owner), misused: this.#misuse !== null, clears, recent });
  }
}

function attach(host: HTMLElement): ElementInternals | null {
  try {
    const internals = host.attachInternals();
    return typeof internals.setValidity === "function" ? internals : null;
  } catch {
    return null;
  }
}

function failed(code: string, message: string): State {
  return { kind: "failed", problem: { code, message } };
}
