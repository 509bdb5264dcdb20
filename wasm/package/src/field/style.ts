import { DARK, FAMILIES, LIGHT } from "./families.js";
import { highlightCss } from "./highlights.js";

const LAYOUT = `
:host { display: block; position: relative !important; isolation: isolate; }
:host([hidden]) { display: none; }
.stage { position: static; }
.mirror {
  position: absolute; z-index: 1; box-sizing: border-box; margin: 0; border: 0 solid transparent; overflow: clip; pointer-events: none;
  color: transparent; background: none; mix-blend-mode: multiply; contain: strict; user-select: none; overflow-wrap: break-word; -webkit-text-fill-color: transparent;
}
.mirror.dark { mix-blend-mode: screen; }
.mirror.off { visibility: hidden; }
.mirror[hidden] { display: none; }
.mirror.line { display: flex; align-items: center; }
.mirror.line .ink { flex: 1 0 auto; min-width: 100%; box-sizing: border-box; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.panel {
  --line: color-mix(in srgb, currentColor 16%, transparent); --quiet: color-mix(in srgb, currentColor 74%, transparent); --accent: #0b57d0; --bad: #a8201a; --good: #1b6e1b;
  margin-block-start: 0.375rem; font: inherit; font-size: 0.875rem; line-height: 1.45; text-align: start;
}
.panel.dark { --accent: #8ab4f8; --bad: #ffb4ab; --good: #81c995; }
.panel[hidden] { display: none; }
.bar { display: flex; align-items: baseline; flex-wrap: wrap; gap: 0.25rem 0.5rem; min-height: 1.5rem; }
.message { margin: 0; flex: 1 1 12rem; min-width: 0; color: var(--quiet); overflow-wrap: anywhere; }
.dot { flex: none; box-sizing: border-box; inline-size: 0.5rem; block-size: 0.5rem; border-radius: 50%; border: 1.5px solid var(--quiet); align-self: flex-start; margin-block-start: 0.4375rem; }
[data-tone=ready] .dot { background: var(--good); border-color: var(--good); }
[data-tone=pending] .dot { border-style: dashed; }
[data-tone=failed] .dot { background: var(--bad); border-color: var(--bad); border-radius: 0; transform: rotate(45deg); }
[data-tone=failed] .message { color: var(--bad); font-weight: 600; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.25rem; }
.buttons:empty { display: none; }
progress { display: block; inline-size: 100%; block-size: 0.25rem; margin-block: 0.25rem; accent-color: var(--accent); }
progress[hidden] { display: none; }
button { font: inherit; color: inherit; cursor: pointer; }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.plain { min-height: 1.75rem; padding: 0 0.625rem; border: 1px solid color-mix(in srgb, currentColor 55%, transparent); border-radius: 0.375rem; background: none; }
.plain:hover { background: color-mix(in srgb, currentColor 8%, transparent); }

ul { list-style: none; margin: 0.25rem 0 0; padding: 0; max-block-size: 13.5rem; overflow: auto; overscroll-behavior: contain; border: 1px solid var(--line); border-radius: 0.5rem; scrollbar-width: thin; }
ul[hidden] { display: none; }
li + li { border-block-start: 1px solid var(--line); }
li > .plain { margin: 0.375rem 0.625rem; }
.row {
  display: grid; grid-template-columns: auto minmax(5.5rem, 11.5rem) minmax(0, 1fr) auto minmax(0, max-content); align-items: baseline; column-gap: 0.625rem;
  box-sizing: border-box; inline-size: 100%; min-height: 2.125rem; padding: 0.375rem 0.625rem; border: 0; background: none; text-align: start;
}
.row:hover, .chosen .row { background: color-mix(in srgb, currentColor 6%, transparent); }
.chosen .row { box-shadow: inset 3px 0 var(--accent); }
.box { align-self: center; box-sizing: border-box; inline-size: 1rem; block-size: 1rem; border: 1.5px solid var(--quiet); border-radius: 0.25rem; }
[aria-pressed=true] .box { background: var(--accent); border-color: var(--accent); clip-path: none; position: relative; }
[aria-pressed=true] .box::after { content: ""; position: absolute; inset: 0; margin: auto; inline-size: 0.25rem; block-size: 0.5rem; border: solid #fff; border-width: 0 2px 2px 0; transform: translateY(-1px) rotate(45deg); }
.dark [aria-pressed=true] .box::after { border-color: #10233f; }
.kind { justify-self: start; max-inline-size: 100%; box-sizing: border-box; padding: 0 0.375rem; border-radius: 0.25rem; font-size: 0.8125rem; overflow-wrap: anywhere; }
.value { font-weight: 600; overflow-wrap: anywhere; white-space: pre-wrap; }
[aria-pressed=false] .value { font-weight: 400; }
.count, .outcome { color: var(--quiet); }
.outcome { overflow-wrap: anywhere; }
@media (pointer: coarse) { .row, .plain { min-height: 2.75rem; } }
@container (max-width: 34rem) {
  .row { grid-template-columns: auto minmax(0, 1fr) auto; row-gap: 0.1875rem; }
  .box { grid-row: 1 / span 3; align-self: start; margin-block-start: 0.1875rem; }
  .value { grid-column: 2 / span 2; grid-row: 1; }
  .kind { grid-column: 2; grid-row: 2; }
  .count { grid-column: 3; grid-row: 2; }
  .outcome { grid-column: 2 / span 2; grid-row: 3; }
}
.panel { container-type: inline-size; }
:host(:state(dragging)) { outline: 2px dashed var(--subrosa-accent, #0b57d0); outline-offset: 4px; }
@media (forced-colors: active) {
  .box, .dot { border-color: ButtonText; }
  [aria-pressed=true] .box { forced-color-adjust: none; background: Highlight; border-color: Highlight; }
  [aria-pressed=true] .box::after, .dark [aria-pressed=true] .box::after { border-color: HighlightText; }
  .kind { border: 1px solid; }
  .chosen .row { outline: 2px solid Highlight; outline-offset: -2px; }
  .mirror, .mirror.dark { forced-color-adjust: none; mix-blend-mode: normal; }
}
`;

function chips(): string {
  return FAMILIES.map(
    (family) =>
      `[data-family=${family}] .kind { background: ${LIGHT[family].tint}; color: #1a1a1a; } .dark [data-family=${family}] .kind { background: ${DARK[family].tint}; color: #f1f3f4; }`,
  ).join("\n");
}

let made: CSSStyleSheet | undefined;

/** One sheet for all fields. Constructed, because the page's policy may forbid `<style>`. */
export function sheet(): CSSStyleSheet {
  if (made) return made;
  made = new CSSStyleSheet();
  made.replaceSync([LAYOUT, chips(), highlightCss(".mirror .ink", ".mirror.dark .ink", true)].join("\n"));
  return made;
}

const adopted = new WeakSet<Document | ShadowRoot>();
let outside: CSSStyleSheet | undefined;

/** Rules for editable elements, whose text stands outside the field's own tree. */
export function adoptOutside(root: Document | ShadowRoot): void {
  if (adopted.has(root)) return;
  adopted.add(root);
  if (!outside) {
    outside = new CSSStyleSheet();
    outside.replaceSync(highlightCss("subrosa-field *", "subrosa-field:state(dark) *", false));
  }
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, outside];
}
