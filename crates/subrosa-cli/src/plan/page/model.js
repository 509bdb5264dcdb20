// What the page knows: the plan, the text, the decisions, and how to take them back.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const plan = read("plan");
const kinds = read("kinds");
const segments = new Map(read("segments").map((segment) => [segment.index, segment]));
const encoder = new TextEncoder();
const ascii = (text) => /^[\x00-\x7f]*$/.test(text);

// Offsets in the plan are UTF-8 bytes, those of the browser are UTF-16 units.
for (const segment of segments.values()) segment.ascii = ascii(segment.text);

function units(segment, bytes) {
  if (segment.ascii) return bytes;
  if (!segment.units) {
    segment.units = new Map();
    let at = 0;
    let unit = 0;
    for (const sign of segment.text) {
      segment.units.set(at, unit);
      const code = sign.codePointAt(0);
      at += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      unit += sign.length;
    }
    segment.units.set(at, unit);
  }
  return segment.units.get(bytes);
}

const bytes = (segment, unit) => (segment.ascii ? unit : encoder.encode(segment.text.slice(0, unit)).length);

let findings = plan.findings.map((finding) => {
  const segment = segments.get(finding.segment);
  return { ...finding, from: units(segment, finding.start), to: units(segment, finding.end) };
});
const original = new Map(findings.map((finding) => [finding.id, JSON.stringify(finding.decision)]));
let lastAdded = 0;
let lastGroup = Math.max(0, ...findings.map((finding) => finding.group || 0));

const overlap = (a, b) => a.segment === b.segment && a.from < b.to && b.from < a.to;
const byPlace = (a, b) => a.segment - b.segment || a.from - b.from;
const kindOf = (finding) => finding.decision.entity || finding.entity;
const textOf = (finding) => segments.get(finding.segment).text.slice(finding.from, finding.to);

// Findings that stand in the text, in order and disjoint: one that lies under an added span is part of it.
let standing = [];
let standingIn = new Map();
function arrange() {
  const bySegment = new Map();
  for (const finding of findings) {
    if (!bySegment.has(finding.segment)) bySegment.set(finding.segment, []);
    bySegment.get(finding.segment).push(finding);
  }
  standingIn = new Map();
  for (const [index, own] of bySegment) {
    const added = own.filter((finding) => finding.origin === "added").sort(byPlace);
    let at = 0;
    own.sort(byPlace);
    for (const finding of own) {
      while (at < added.length && added[at].to <= finding.from) at += 1;
      finding.covered = finding.origin !== "added" && at < added.length && overlap(added[at], finding);
    }
    standingIn.set(index, own.filter((finding) => !finding.covered));
  }
  standing = [...standingIn.keys()].sort((a, b) => a - b).flatMap((index) => standingIn.get(index));
}
arrange();

// The standing findings that a span touches.
function touching({ segment, from, to }) {
  const own = standingIn.get(segment) || [];
  let [low, high] = [0, own.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (own[middle].to <= from) low = middle + 1;
    else high = middle;
  }
  const found = [];
  while (low < own.length && own[low].from < to) found.push(own[low++]);
  return found;
}

// Each step holds what is needed to go back and forth: decisions before and after, spans that came and went.
const past = [];
const future = [];
let saved = true;

function change(name, act) {
  const before = new Map(findings.map((finding) => [finding, finding.decision]));
  for (const finding of findings) finding.decision = { ...finding.decision };
  act();
  const step = { name, decisions: [], came: findings.filter((finding) => !before.has(finding)), went: [] };
  const now = new Set(findings);
  for (const [finding, decision] of before) {
    if (!now.has(finding)) step.went.push(finding);
    else if (JSON.stringify(decision) !== JSON.stringify(finding.decision)) step.decisions.push([finding, decision, finding.decision]);
  }
  if (step.decisions.length + step.came.length + step.went.length === 0) return null;
  past.push(step);
  future.length = 0;
  saved = false;
  arrange();
  return touched(step);
}

function step(from, to, back) {
  const step = from.pop();
  if (!step) return null;
  to.push(step);
  for (const [finding, before, after] of step.decisions) finding.decision = back ? before : after;
  const [gone, come] = back ? [step.came, step.went] : [step.went, step.came];
  const leaving = new Set(gone);
  const left = findings.filter((finding) => !leaving.has(finding));
  findings = [...left, ...come];
  saved = false;
  arrange();
  return { name: step.name, ...touched(step) };
}

const touched = (step) => {
  const all = [...step.came, ...step.went, ...step.decisions.map(([finding]) => finding)];
  const moved = step.came.length + step.went.length > 0;
  return { all, segments: moved ? new Set(all.map((finding) => finding.segment)) : new Set() };
};

// Adds spans of one segment each. A span takes in all that it touches; those that touch each other then are one.
function add(spans, entity, group) {
  const gone = new Set();
  const grown = spans.map((span) => {
    const under = touching(span);
    for (const other of under) if (other.origin === "added") gone.add(other);
    return { ...span, from: Math.min(span.from, ...under.map((other) => other.from)), to: Math.max(span.to, ...under.map((other) => other.to)) };
  });
  const merged = [];
  for (const span of grown.sort(byPlace)) {
    const last = merged[merged.length - 1];
    if (last && overlap(last, span)) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
  }
  const added = merged.map((span) => {
    lastAdded += 1;
    return { id: `added-${lastAdded}`, ...span, origin: "added", entity, group, decision: { action: "redact" }, place: segments.get(span.segment).place };
  });
  const left = findings.filter((finding) => !gone.has(finding));
  findings = [...left, ...added];
  return added;
}

const word = /[\p{L}\p{N}]/u;

// Where a text stands for itself, not inside a longer word, whatever its case.
function places(text) {
  const found = [];
  const sought = new RegExp(text.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+"), "giu");
  if (text.trim() === "") return found;
  for (const segment of segments.values()) {
    for (const match of segment.text.matchAll(sought)) {
      const [from, to] = [match.index, match.index + match[0].length];
      const inside = (left, right) => left && right && word.test(left) && word.test(right);
      if (inside(segment.text[from - 1], segment.text[from]) || inside(segment.text[to - 1], segment.text[to])) continue;
      found.push({ segment: segment.index, from, to });
    }
  }
  return found;
}

function addEverywhere(text, entity) {
  const goes = ({ from, to, ...span }) => touching({ ...span, from, to }).some((other) => other.decision.action === "redact" && other.from <= from && to <= other.to);
  const spans = places(text).filter((span) => !goes(span));
  lastGroup += 1;
  let added = [];
  const result = change("redact everywhere", () => (added = add(spans, entity, lastGroup)));
  return { result, first: added[0], count: added.length };
}

const codePattern = /^[A-Za-z0-9 ().,:/_-]{1,40}$/;

// The plan as it is decided now.
function decided() {
  const context = 40;
  const all = findings.map((finding) => {
    const { from, to, covered, decision, ...rest } = finding;
    const clean = Object.fromEntries(Object.entries(decision).filter(([, value]) => value));
    if (covered) clean.action = "redact";
    if (clean.entity === finding.entity) delete clean.entity;
    if (finding.origin !== "added") return { ...rest, decision: clean };
    const segment = segments.get(finding.segment);
    return {
      ...rest,
      start: bytes(segment, from),
      end: bytes(segment, to),
      decision: clean,
      before: [...segment.text.slice(0, from)].slice(-context).join(""),
      value: segment.text.slice(from, to),
      after: [...segment.text.slice(to)].slice(0, context).join(""),
    };
  });
  return JSON.stringify({ ...plan, findings: all }, null, 2) + "\n";
}

// Takes over the decisions of another plan of the same document.
function takeOver(text) {
  const other = JSON.parse(text);
  if (other.schema !== plan.schema || other.input?.sha256 !== plan.input.sha256 || other.input?.text_sha256 !== plan.input.text_sha256) {
    throw new Error("That plan is of another document.");
  }
  const key = ({ segment, start, end, origin, entity }) => [segment, start, end, origin, entity].join();
  const decisions = new Map(other.findings.map((finding) => [key(finding), finding.decision]));
  return change("go on from a plan", () => {
    for (const finding of findings) {
      const decision = finding.origin !== "added" && decisions.get(key(finding));
      if (decision) finding.decision = { ...decision };
    }
    for (const { segment, start, end, origin, entity, decision } of other.findings) {
      if (origin !== "added" || decision.action !== "redact" || !segments.has(segment)) continue;
      const [from, to] = [units(segments.get(segment), start), units(segments.get(segment), end)];
      if (from === undefined || to === undefined || from >= to) continue;
      for (const added of add([{ segment, from, to }], entity)) added.decision = { ...decision };
      arrange();
    }
  });
}
