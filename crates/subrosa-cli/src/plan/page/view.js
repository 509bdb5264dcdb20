// What the page shows, and what it does when somebody acts.

const $ = (id) => document.getElementById(id);
const make = (name, text = "", attributes = {}) => {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};
const says = { redact: "goes", keep: "stays", undecided: "undecided" };
// Characters of a run, about.
const RUN = 2000;
const blocks = new Map();
const marks = new Map();
let current = null;
let chosen = null;

function say(text) {
  $("said").textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => ($("said").textContent = ""), 4000);
}

// What the filters let through, looked up once for all findings.
let filter = {};
let list = [];
function readFilter() {
  filter = { show: $("show").value, kind: $("kind").value, sought: $("find").value.trim().toLowerCase() };
}

function shown(finding) {
  const { show, kind, sought } = filter;
  const is = show === "all" || (show === "near" || show === "added" ? finding.origin === show : finding.decision.action === show);
  // A near miss that stays is no decision to look through, unless somebody asks for it.
  const aside = show === "keep" && finding.origin === "near";
  return is && !aside && (kind === "" || kindOf(finding) === kind) && (sought === "" || textOf(finding).toLowerCase().includes(sought));
}

function becomes(finding) {
  const { action, code, entity } = finding.decision;
  if (action !== "redact") return null;
  if (code) return `[${code}]`;
  return finding.replacement !== undefined && !entity ? finding.replacement : `[${kindOf(finding)}]`;
}

function drawMark(finding) {
  const mark = marks.get(finding.id);
  if (!mark) return;
  const preview = $("preview").checked;
  mark.textContent = (preview ? becomes(finding) : null) ?? textOf(finding);
  mark.className = `${finding.decision.action} ${finding.origin}${shown(finding) ? "" : " dim"}`;
  mark.setAttribute("aria-label", `${textOf(finding)}, ${kindOf(finding)}, ${finding.origin === "near" ? "near miss, " : ""}${says[finding.decision.action]}`);
  mark.title = `${kindOf(finding)}, ${says[finding.decision.action]}`;
  mark.tabIndex = finding === current ? 0 : -1;
  if (finding === current) mark.setAttribute("aria-current", "true");
  else mark.removeAttribute("aria-current");
}

function drawSegment(index) {
  const segment = segments.get(index);
  let block = blocks.get(index);
  if (!block) {
    block = make("section", "", { class: "segment" });
    block.append(make("h2", [segment.place, ...segment.labels].join(" \u00b7 ")), make("p", "", { "data-segment": index }));
    blocks.set(index, block);
    // Some in one box: the browser passes over those out of sight at once.
    if (!$("text").lastChild || $("text").lastChild.childElementCount >= 40) $("text").append(make("div", "", { class: "box" }));
    $("text").lastChild.append(block);
  }
  const own = standingIn.get(index) || [];
  block.hidden = $("brief").checked && own.length === 0;
  // Runs of whole lines, so that the browser lays out only those in sight.
  const runs = [[]];
  let length = 0;
  const put = (text) => {
    for (;;) {
      const end = length + text.length > RUN ? text.indexOf("\n", Math.max(0, RUN - length)) : -1;
      runs[runs.length - 1].push(end < 0 ? text : text.slice(0, end + 1));
      length += text.length;
      if (end < 0) return;
      runs.push([]);
      length = 0;
      text = text.slice(end + 1);
    }
  };
  let at = 0;
  for (const finding of own) {
    put(segment.text.slice(at, finding.from));
    const mark = make("mark", "", { role: "button", "data-id": finding.id });
    marks.set(finding.id, mark);
    runs[runs.length - 1].push(mark);
    length += finding.to - finding.from;
    at = finding.to;
  }
  put(segment.text.slice(at));
  block.lastChild.replaceChildren(
    ...runs.map((run) => {
      const span = make("span", "", { class: "run" });
      span.append(...run);
      return span;
    }),
  );
  for (const finding of own) drawMark(finding);
}

function drawCounts() {
  const count = (is) => standing.filter(is).length;
  const of = (action) => count((finding) => finding.decision.action === action && finding.origin !== "near");
  const near = count((finding) => finding.origin === "near" && finding.decision.action !== "redact");
  const goes = count((finding) => finding.decision.action === "redact");
  $("counts").textContent = `${goes} go, ${of("keep")} stay, ${count((finding) => finding.decision.action === "undecided")} undecided; ${near} near misses left; ${list.length} shown`;
  $("undo").disabled = past.length === 0;
  $("redo").disabled = future.length === 0;
}

function drawPanel() {
  $("finding").hidden = !current;
  $("nothing").hidden = Boolean(current) || !$("selected").hidden;
  if (!current) return;
  const at = list.indexOf(current);
  $("position").textContent = `${current.origin === "near" ? "Near miss" : current.origin === "added" ? "Added" : "Finding"}${at < 0 ? "" : ` ${at + 1} of ${list.length}`}`;
  $("value").textContent = textOf(current);
  $("place").textContent = `${current.place || ""}${current.confidence === undefined ? "" : ` \u00b7 confidence ${current.confidence.toFixed(2)}`}`;
  for (const radio of document.getElementsByName("action")) {
    radio.checked = radio.value === current.decision.action;
    radio.disabled = current.origin === "added";
  }
  $("entity").value = kindOf(current);
  for (const field of ["code", "reason"]) if (document.activeElement !== $(field)) $(field).value = current.decision[field] || "";
  const same = standing.filter((other) => other.group !== undefined && other.group === current.group).length;
  $("same").textContent = `Decide the same of all ${same} with this value`;
  $("same").hidden = same < 2;
  $("drop").hidden = current.origin !== "added";
  const text = becomes(current);
  $("becomes").textContent = text === null ? "" : text === "" ? "Nothing takes its place." : `${text} takes its place${current.origin === "found" ? "" : ", or what the policy says"}.`;
  $("why").replaceChildren(...(current.why || ["a person added it"]).map((reason) => make("li", reason)));
}

// What a change touched: a segment anew where spans came or went, else only their marks.
function draw({ all, segments }) {
  list = standing.filter(shown);
  for (const index of segments) drawSegment(index);
  for (const finding of all) if (!segments.has(finding.segment)) drawMark(finding);
  drawCounts();
  drawPanel();
}

function drawAll() {
  readFilter();
  $("codes").replaceChildren(...[...new Set(findings.map((finding) => finding.decision.code).filter(Boolean))].map((code) => make("option", "", { value: code })));
  draw({ all: [], segments: new Set(segments.keys()) });
}

function choose(finding, { focus = true } = {}) {
  const before = current;
  current = finding;
  for (const other of [before, finding]) if (other) drawMark(other);
  const mark = finding && marks.get(finding.id);
  if (mark && focus) {
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "nearest" });
    document.querySelector("aside").scrollTop = 0;
  }
  drawPanel();
}

function move(by, wanted) {
  const among = wanted ? standing.filter(wanted) : list;
  if (among.length === 0) return say("There is none.");
  const here = among.indexOf(current);
  const after = current ? among.findIndex((finding) => byPlace(finding, current) > 0) : 0;
  const next = here >= 0 ? here + by : by > 0 ? after : (after < 0 ? among.length : after) - 1;
  if (next < 0 || next >= among.length || (here < 0 && after < 0 && by > 0)) say(by > 0 ? "That was the last one; from the top." : "That was the first one; from the end.");
  choose(among[((next % among.length) + among.length) % among.length]);
}

// Makes a change, shows it, and says it.
function act(name, decideIt, said) {
  const result = change(name, decideIt);
  if (!result) return;
  if (current && (current.covered || !findings.includes(current))) current = null;
  draw(result);
  if (said) say(said);
}

function decide(action) {
  if (!current || current.origin === "added") return;
  act(`${textOf(current)} ${says[action]}`, () => (current.decision.action = action));
}

function sameForAll() {
  if (!current || current.group === undefined) return;
  const others = standing.filter((other) => other !== current && other.group === current.group);
  act("the same of all", () => {
    for (const other of others) {
      const { action, entity, code, reason } = current.decision;
      other.decision = { action, entity: entity || (kindOf(other) === current.entity ? undefined : current.entity), code, reason };
    }
  }, `${others.length + 1} decided.`);
}

function allShown(action) {
  const these = list.filter((finding) => finding.origin !== "added");
  act(`all shown ${says[action]}`, () => these.forEach((finding) => (finding.decision.action = action)), `${these.length} ${action === "keep" ? "stay" : "go"}.`);
}

function takeBack() {
  if (current?.origin !== "added") return;
  const gone = current;
  current = null;
  act("take back", () => (findings = findings.filter((finding) => finding !== gone)), "Taken back.");
}

function goBack(back) {
  const result = back ? step(past, future, true) : step(future, past, false);
  if (!result) return say(back ? "There is nothing to undo." : "There is nothing to redo.");
  if (current && (current.covered || !findings.includes(current))) current = null;
  draw(result);
  const [first] = result.all;
  if (first && findings.includes(first) && !first.covered) choose(first);
  say(`${back ? "Undone" : "Done again"}: ${result.name}.`);
}

// The selected text: where it stands, without the blanks at its ends.
function selection() {
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  const home = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("p[data-segment]");
  if (!range || range.collapsed || $("preview").checked) return null;
  const block = home(range.startContainer);
  if (!block || home(range.endContainer) !== block) return null;
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const text = range.toString();
  const from = before.toString().length + (text.length - text.trimStart().length);
  const to = from + text.trim().length;
  return to > from ? { segment: Number(block.dataset.segment), from, to } : null;
}

function showSelection() {
  chosen = selection();
  $("selected").hidden = !chosen;
  if (chosen) $("selection").textContent = textOf(chosen);
  drawPanel();
}

function addSelection() {
  if (!chosen) return say("Select text first.");
  const { segment, from, to } = chosen;
  let added = null;
  act("redact selected text", () => ([added] = add([{ segment, from, to }], $("selection-kind").value)), "It goes.");
  clearSelection();
  choose(added);
}

function clearSelection() {
  getSelection().removeAllRanges();
  showSelection();
}

function everywhere(text, kind) {
  const { result, first, count } = addEverywhere(text, kind);
  if (!result) return say("It is nowhere, or goes already.");
  draw(result);
  choose(first);
  say(`${count} added.`);
}

function download() {
  const open = standing.filter((finding) => finding.decision.action === "undecided").length;
  const link = make("a", "", { download: `${plan.input.name}.plan.json` });
  link.href = URL.createObjectURL(new Blob([decided()], { type: "application/json" }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  saved = true;
  say(open ? `${open} are undecided: the plan is not applied before each is decided.` : "The plan holds text of the document: keep it where the document is kept.");
}
