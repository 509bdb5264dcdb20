// Where acts come from: clicks, fields, keys.

for (const id of ["selection-kind", "entity", "other-kind"]) {
  $(id).append(...kinds.map(([kind, summary]) => make("option", kind, { value: kind, title: summary })));
}
$("selection-kind").value = "PERSON";
$("other-kind").value = "PERSON";
$("name").textContent = plan.input.name;
$("kind").append(...[...new Set(findings.map((finding) => finding.entity))].sort().map((kind) => make("option", kind, { value: kind })));
$("brief").checked = segments.size > 100;
$("unread").hidden = plan.unread.length === 0;
$("unread").lastElementChild.append(...plan.unread.map(({ part, reason }) => make("li", `${part}: ${reason}`)));

$("text").addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (mark && getSelection().isCollapsed) choose(findings.find((finding) => finding.id === mark.dataset.id));
});
document.addEventListener("selectionchange", () => {
  clearTimeout(showSelection.timer);
  showSelection.timer = setTimeout(() => {
    const there = selection();
    // A field that takes the focus takes the selection, too; what was chosen stays chosen.
    if (there || document.activeElement === document.body || $("text").contains(document.activeElement)) showSelection();
  }, 80);
});

const on = (id, event, act) => $(id).addEventListener(event, act);
for (const id of ["show", "kind", "find", "brief", "preview"]) on(id, "input", drawAll);
on("undo", "click", () => goBack(true));
on("redo", "click", () => goBack(false));
on("all-redact", "click", () => allShown("redact"));
on("all-keep", "click", () => allShown("keep"));
on("same", "click", sameForAll);
on("drop", "click", takeBack);
on("add", "click", addSelection);
on("add-all", "click", () => {
  const text = chosen && textOf(chosen);
  clearSelection();
  if (text) everywhere(text, $("selection-kind").value);
});
on("other", "submit", (event) => {
  event.preventDefault();
  everywhere($("other-text").value, $("other-kind").value);
});
on("download", "click", download);
on("help-open", "click", () => $("help").showModal());
for (const radio of document.getElementsByName("action")) radio.addEventListener("change", () => decide(radio.value));
on("entity", "change", () => {
  const kind = $("entity").value;
  act(`${textOf(current)} is ${kind}`, () => (current.decision.entity = kind === current.entity ? undefined : kind));
});
for (const field of ["code", "reason"]) {
  on(field, "change", () => {
    const text = $(field).value.trim();
    if (field === "code" && text && !codePattern.test(text)) return say("A code has letters, digits, spaces and ( ) . , : / _ -");
    if (text.length > 3 && text.toLowerCase().includes(textOf(current).toLowerCase())) return say("The log holds no values: leave the text itself out.");
    act(field, () => {
      current.decision[field] = text || undefined;
      // An exemption is one from disclosure.
      if (field === "code" && text) current.decision.action = "redact";
    });
    if (field === "code") $("codes").append(make("option", "", { value: text }));
  });
}
on("load", "change", async () => {
  const [file] = $("load").files;
  if (!file) return;
  try {
    const result = takeOver(await file.text());
    if (result) drawAll();
    say(result ? "Taken over." : "It says the same.");
  } catch (error) {
    say(error instanceof SyntaxError ? "That is no plan." : error.message);
  }
  $("load").value = "";
});

const keys = {
  j: () => move(1),
  k: () => move(-1),
  n: () => move(1, (finding) => finding.decision.action === "undecided"),
  " ": () => current && decide(current.decision.action === "redact" ? "keep" : "redact"),
  a: sameForAll,
  e: () => current && $("entity").focus(),
  c: () => current && $("code").focus(),
  r: () => current && $("reason").focus(),
  s: addSelection,
  u: () => goBack(true),
  U: () => goBack(false),
  p: () => $("preview").click(),
  "/": () => $("find").focus(),
  d: download,
  "?": () => $("help").showModal(),
  Delete: takeBack,
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  const field = event.target.closest("input, select, textarea");
  if (field) {
    // Back to the text; leaving the field makes its change.
    if (event.key === "Escape") {
      field.blur();
      choose(current);
    }
    return;
  }
  const pressed = event.target.closest("button, summary, a") && (event.key === " " || event.key === "Enter");
  const act = event.key === "Enter" ? event.target.closest("mark") && keys[" "] : keys[event.key];
  if (!act || pressed) return;
  event.preventDefault();
  act();
});
addEventListener("beforeunload", (event) => {
  if (!saved) event.preventDefault();
});

drawAll();
if (standing.length > 0) choose(standing.find(shown) || standing[0], { focus: false });
