/** What people do with the page, from the file to the download, in a real browser with the real engine. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { makeXlsx } from "./make-xlsx.mjs";
import { becomes, drop, eventually, examples, finishAndDownload, listed, repository, review, scratch, shared, start } from "./support.mjs";

let site;
before(async () => (site = await start()));
after(() => site.stop());

const VALUES = join(repository, "tests/examples_values.txt");
const residue = join(shared, "checks/residue.py");
const letter = join(examples, "referral-letter.txt");

/** Looks into a file with programs that are not ours. */
function assertClean(path, values = VALUES) {
  if (existsSync(residue)) execFileSync("python3", [residue, values, path], { stdio: ["ignore", "pipe", "ignore"] });
  const text = textOf(path);
  for (const value of readFileSync(values, "utf8").split("\n")) {
    const wanted = value.trim();
    if (wanted === "" || wanted.startsWith("#")) continue;
    assert.ok(!text.includes(wanted), `a value is left in ${path}`);
  }
}

function textOf(path) {
  if (path.endsWith(".pdf")) return execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8" });
  if (/\.(docx|xlsx|pptx|odt)$/.test(path)) return execFileSync("unzip", ["-p", path], { encoding: "utf8", maxBuffer: 1 << 27 });
  return readFileSync(path, "utf8");
}

const state = (one) => () => one.getAttribute("data-state");
const row = (page, text) => page.locator(".row:not(.place)", { has: page.locator(".value", { hasText: new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`) }) }).first();

describe("every example, from the file to the download", () => {
  for (const name of ["referral-letter.txt", "case-note.md", "clients.csv", "staff.tsv", "patient.json", "support-chat.jsonl", "server.log", "discharge-letter.docx", "lawyers-letter.pdf"]) {
    test(name, async () => {
      const page = await site.fresh();
      await review(page, join(examples, name));
      await page.waitForFunction(() => document.activeElement?.closest(".row"));
      await listed(page);
      const { path, name: given } = await finishAndDownload(page);
      assert.equal(given, name.replace(/(\.\w+)$/, ".redacted$1"));
      assertClean(path);
      assert.deepEqual(page.problems.filter((problem) => !/^Unknown destination/.test(problem)), []);
    });
  }
});

describe("deciding", () => {
  test("what is kept stays, what is removed goes, undo takes both back", async () => {
    const page = await site.fresh();
    await review(page, letter);
    const value = (await page.locator(".group-person .value").first().innerText()).trim();
    await row(page, value).locator(".act-keep").click();
    await becomes(state(row(page, value)), "keep");
    await page.locator("[role=status]", { hasText: /Kept \d+ places? of .*Undo: Ctrl\+Z/ }).waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await becomes(state(row(page, value)), "redact");
    await page.getByRole("button", { name: "Redo" }).click();
    await becomes(state(row(page, value)), "keep");
    const { path } = await finishAndDownload(page);
    assert.ok(textOf(path).includes(value));
    assert.match(await page.locator("h1").innerText(), /^\d+ values removed\. 1 you kept\.$/);
    assert.ok((await page.locator(".summary-grid").innerText()).includes(value));
  });

  test("a decision on one place leaves the others", async () => {
    const page = await site.fresh();
    await review(page, join(examples, "discharge-letter.docx"));
    const many = page.locator(".row:not(.place)", { hasText: /\d+ places/ }).first();
    await many.locator(".row-main").click();
    await page.locator(".details [data-expand]").click();
    const places = page.locator(".row.place");
    await places.nth(1).waitFor();
    await places.first().locator(".act-keep").click();
    await becomes(state(many), "mixed");
    await many.locator(".meta", { hasText: /of \d+ places go/ }).first().waitFor();
    const value = await many.locator(".value").innerText();
    const { path } = await finishAndDownload(page, "place.redacted.docx");
    assert.ok((await page.locator(".summary-grid").innerText()).includes(`${value} Name, 1 place`));
    const left = textOf(path).replace(/<[^>]+>/g, "");
    assert.equal(left.split(value).length, 2, "the kept place, and no other, is in the file");
  });

  test("a whole person is one act and one step back", async () => {
    const page = await site.fresh();
    await review(page, join(examples, "discharge-letter.docx"));
    await listed(page);
    const group = page.locator(".group-person").first();
    const states = async () => [...new Set(await group.locator(".row:not(.place)").evaluateAll((rows) => rows.map((element) => element.dataset.state)))];
    const all = await group.locator(".bulk button", { hasText: "Keep all" }).innerText();
    await group.locator(".bulk button", { hasText: "Keep all" }).click();
    await becomes(states, ["keep"]);
    await page.locator("[role=status]", { hasText: `Kept ${all.match(/\d+/)[0]} places` }).waitFor({ state: "attached" });
    await page.keyboard.press("Control+z");
    await becomes(states, ["redact"]);
  });

  test("any number of steps back and forward, with the same end", async () => {
    const page = await site.fresh();
    await review(page, letter);
    const states = () => page.locator(".row:not(.place)").evaluateAll((rows) => rows.map((element) => `${element.dataset.row} ${element.dataset.state}`));
    await listed(page);
    const first = await states();
    const undo = page.getByRole("button", { name: "Undo" });
    const redo = page.getByRole("button", { name: "Redo" });
    for (let at = 0; at < 8; at += 1) await page.locator(".group-entity .row, .group-person .row").nth(at).locator(at % 3 === 0 ? ".act-redact" : ".act-keep").click();
    const decided = [];
    const last = await eventually(async () => {
      decided.push(await states());
      assert.ok(decided.length > 3 && decided.slice(-3).every((now) => now.join() === decided.at(-1).join()), "the list has come to rest");
      return decided.at(-1);
    });
    assert.notDeepEqual(last, first);
    while (await undo.isEnabled()) await page.keyboard.press("Control+z");
    await becomes(states, first);
    while (await redo.isEnabled()) await page.keyboard.press("Control+Shift+z");
    await becomes(states, last);
  });

  test("a click on a mark decides in the document", async () => {
    const page = await site.fresh();
    await review(page, letter);
    const mark = page.locator(`mark[data-place="${await page.locator("mark[data-state=redact]").first().getAttribute("data-place")}"]`).first();
    const text = await mark.innerText();
    await mark.click();
    await page.locator(".act-bar").getByRole("button", { name: /^Keep/ }).first().click();
    await becomes(state(mark), "keep");
    await eventually(async () => assert.ok((await page.locator(".row.current .value").innerText()).startsWith(text.slice(0, 4))));
  });

  test("the kind can be changed, and filters and arrangements show the same values", async () => {
    const page = await site.fresh();
    await review(page, letter);
    await page.locator(".group-entity .row-main").first().click();
    await page.locator(".details select:not([data-owner])").selectOption("UNIQUE_IDENTIFIER");
    await page.locator(".group-title", { hasText: "Identifying number" }).first().waitFor();
    const values = async () => (await page.locator(".row:not(.place) .value").allInnerTexts()).sort();
    const [arrange, show] = await page.locator(".list-tools select").all();
    await listed(page);
    const person = await values();
    await arrange.selectOption("kind");
    await page.waitForFunction(() => document.querySelectorAll(".group-person").length === 0);
    await becomes(values, person);
    await arrange.selectOption("place");
    await page.locator(".group-flat").waitFor();
    await becomes(values, person);
    await arrange.selectOption("person");
    await page.locator(".group-person").first().waitFor();
    await page.locator(".group-person .act-keep").first().click();
    await show.selectOption("keep");
    await page.waitForFunction(() => [...document.querySelectorAll(".group:not(.group-policy) .row:not(.place)")].every((element) => ["keep", "mixed"].includes(element.dataset.state)));
    await show.selectOption("all");
    await page.locator(".list-tools input").fill("zzzz");
    await page.getByText("Nothing fits the filter.").waitFor();
  });

  test("near misses stay closed and apart, and go when somebody chooses", async () => {
    const page = await site.fresh();
    await review(page, join(examples, "discharge-letter.docx"));
    const near = page.locator(".group-near").first();
    assert.equal(await near.locator(".group-head").getAttribute("aria-expanded"), "false");
    const before = await page.locator(".decided").innerText();
    await near.locator(".group-head").click();
    await near.getByText("Possible items, not redacted unless you choose.").waitFor();
    const value = await near.locator(".value").first().innerText();
    await near.locator(".act-redact").first().click();
    await eventually(async () => assert.notEqual(await page.locator(".decided").innerText(), before));
    const { path } = await finishAndDownload(page, "near.redacted.docx");
    assert.ok(!textOf(path).includes(value));
  });

  test("preview shows what the file will say", async () => {
    const page = await site.fresh();
    await review(page, letter);
    await page.locator(".reading mark").first().waitFor();
    await page.getByRole("button", { name: "Preview" }).click();
    const text = await eventually(async () => {
      const shown = (await page.locator(".reading .block").allInnerTexts()).join(" ");
      assert.match(shown, /\[PERSON-1\]/);
      return shown;
    });
    const { path } = await finishAndDownload(page, "preview.redacted.txt");
    const bare = (words) => words.replace(/\s+/g, " ").trim();
    assert.equal(bare(text), bare(textOf(path)));
  });
});

describe("adding", () => {
  test("selected text, at all its places", async () => {
    const page = await site.fresh();
    await review(page, letter);
    await select(page, "shortness of breath");
    const bar = page.locator(".act-bar");
    await bar.waitFor();
    await bar.locator("select").selectOption("UNIQUE_IDENTIFIER");
    await bar.getByRole("button", { name: /^(The 1 place|All)/ }).click();
    await page.locator("mark", { hasText: "shortness of breath" }).waitFor();
    const { path } = await finishAndDownload(page, "added.redacted.txt");
    assert.ok(!textOf(path).includes("shortness of breath"));
  });

  test("with the keyboard: find, look, add", async () => {
    const page = await site.fresh();
    await review(page, join(examples, "discharge-letter.docx"));
    await page.keyboard.press("f");
    await page.keyboard.type("visiting nurse");
    await page.locator(".find-status", { hasText: /^1 of \d$/ }).waitFor();
    await page.getByRole("button", { name: /^(The 1 place|All \d places)$/ }).focus();
    await page.keyboard.press("Enter");
    await page.locator("mark", { hasText: "visiting nurse" }).first().waitFor();
    const { path } = await finishAndDownload(page, "found.redacted.docx");
    assert.ok(!textOf(path).includes("visiting nurse"));
  });
});

describe("pages", () => {
  test("boxes lie on the words, decide by a click, cover in the preview; words selected on the picture are added", async () => {
    const page = await site.fresh();
    await review(page, join(examples, "lawyers-letter.pdf"));
    await page.locator(".box").first().waitFor();
    await page.locator(".textLayer span", { hasText: "parked car" }).first().waitFor({ state: "attached" });
    // pdf.js's own text of the page, as a second opinion on where the words are.
    const apart = () => page.evaluate(() => {
      const span = [...document.querySelectorAll(".textLayer span")].find((element) => element.textContent.includes("Desmond Quayle"));
      const range = document.createRange();
      const at = span.firstChild.data.indexOf("Desmond Quayle");
      range.setStart(span.firstChild, at);
      range.setEnd(span.firstChild, at + "Desmond Quayle".length);
      const words = range.getBoundingClientRect();
      const box = [...document.querySelectorAll(".box")].map((element) => element.getBoundingClientRect()).find((rect) => rect.left <= words.right && rect.right >= words.left && Math.abs((rect.top + rect.bottom) / 2 - (words.top + words.bottom) / 2) < 6);
      return box && { right: Math.abs(box.right - words.right), covers: box.left <= words.left + 3 };
    });
    await eventually(async () => {
      const found = await apart();
      assert.ok(found && found.right < 4 && found.covers, JSON.stringify(found));
    });
    const box = page.locator('.box[data-state="redact"]').nth(2);
    const id = await box.getAttribute("data-place");
    await box.click();
    await page.locator(".act-bar").getByRole("button", { name: /^Keep/ }).first().click();
    await becomes(state(page.locator(`.box[data-place="${id}"]`).first()), "keep");
    await page.keyboard.press("Control+z");
    await becomes(state(page.locator(`.box[data-place="${id}"]`).first()), "redact");
    await page.evaluate(() => {
      const span = [...document.querySelectorAll(".textLayer span")].find((element) => element.textContent.includes("parked car"));
      const at = span.firstChild.data.indexOf("parked car");
      const range = document.createRange();
      range.setStart(span.firstChild, at);
      range.setEnd(span.firstChild, at + "parked car".length);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      span.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
    });
    await page.locator(".act-bar").getByRole("button", { name: /^(The 1 place|All)/ }).click();
    await page.locator(".row .value", { hasText: "parked car" }).first().waitFor();
    await page.getByRole("button", { name: "Preview" }).click();
    await page.locator(".box.covered .box-text", { hasText: "[PERSON-" }).first().waitFor();
    const { path } = await finishAndDownload(page, "pages.redacted.pdf");
    assertClean(path);
    assert.ok(!textOf(path).includes("parked car"));
  });
});

describe("workbooks", () => {
  const rows = [
    ["Name", "Born", "Share", "Fee", "Visits"],
    ["Imogen Hartley", { number: 30075, format: "d-mmm-yy" }, { number: 0.125, format: "0.0%" }, { number: 1234.5, format: "[$€-407] #,##0.00" }, { number: 7, format: "General" }],
  ];
  const cells = (page) => () => page.locator("td .cell").evaluateAll((all) => all.map(({ textContent }) => textContent));

  test("cells are drawn as their sheet shows them, found by that, and chosen as a whole", async () => {
    const page = await site.fresh();
    await review(page, { name: "visits.xlsx", mimeType: "", buffer: makeXlsx(rows) });
    await becomes(cells(page), ["Imogen Hartley", "4-May-82", "12.5%", "€ 1,234.50", "7"]);
    assert.equal(await page.locator("td mark", { hasText: "4-May-82" }).count(), 1, "a date that is found is drawn like others");
    assert.equal(await page.locator("td .cell", { hasText: "12.5%" }).getAttribute("title"), "0.125");
    await page.keyboard.press("f");
    await page.keyboard.type("1,234");
    await page.locator(".find-quote b", { hasText: "€ 1,234.50" }).waitFor();
    await page.keyboard.press("Escape");
    await select(page, "1,2");
    await page.locator(".act-bar").getByRole("button", { name: /^The 1 place/ }).click();
    await page.locator("td mark", { hasText: "€ 1,234.50" }).waitFor();
    await page.getByRole("button", { name: "Preview" }).click();
    await eventually(async () => assert.ok((await cells(page)()).slice(0, 4).every((text) => /^\[.*\]$|^\d{4}$|%$/.test(text)), (await cells(page)()).join()));
    const { path } = await finishAndDownload(page, "visits.redacted.xlsx");
    const written = textOf(path);
    for (const value of ["Hartley", "30075", "1234.5"]) assert.ok(!written.includes(value), value);
    assert.ok(written.includes("<v>0.125</v>"), "what stays keeps all its digits");
  });
});

describe("other formats", () => {
  for (const path of ["xlsx/poi-InlineStrings.xlsx", "eml/tika-testThunderbirdEml.eml", "docx/poi-footnotes.docx", "pptx/poi-table_test.pptx"]) {
    const file = join(shared, "documents", path);
    test(path, { skip: !existsSync(file) && "needs the shared documents" }, async () => {
      const page = await site.fresh();
      await drop(page, file);
      await page.locator(".reading .block, .file-row .failure").first().waitFor();
      if ((await page.locator(".failure").count()) === 0) assert.ok((await page.locator(".reading .block").count()) > 0);
    });
  }
});

describe("other ways in", () => {
  test("pasted text comes back as text", async () => {
    const page = await site.open({ permissions: ["clipboard-read", "clipboard-write"] });
    await page.locator(".paste textarea").fill("Please call Imogen Hartley, born 4 May 1981, on 330-555-0142.");
    await page.getByRole("button", { name: "Review this text" }).click();
    await page.waitForSelector(".review .row");
    await page.getByRole("button", { name: "Download", exact: true }).click();
    await page.getByRole("button", { name: "Copy the text" }).click();
    await page.getByText("Copied").first().waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(text, /\[PERSON-1\]/);
    for (const value of ["Hartley", "1981", "0142"]) assert.ok(!text.includes(value));
    await page.context().close();
  });

  test("dropped files, several at once, each with its state", async () => {
    const page = await site.fresh();
    await page.evaluate(async () => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["Imogen Hartley called from 330-555-0142."], "one.txt"));
      transfer.items.add(new File(["name,phone\nTobias Lindqvist,330-555-0143\n"], "two.csv"));
      transfer.items.add(new File([new Uint8Array(64)], "three.bin"));
      const zone = document.querySelector(".drop");
      for (const type of ["dragenter", "dragover", "drop"]) zone.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
    });
    await page.waitForSelector(".file-row[data-state=failed]");
    await page.waitForFunction(() => document.querySelectorAll('.file-row[data-state="ready"]').length === 2);
    assert.match(await page.locator(".file-row[data-state=failed]").innerText(), /not supported|damaged|encoding/);
    await page.getByRole("button", { name: "Review: two.csv" }).click();
    await page.locator("th", { hasText: "phone" }).waitFor();
    const { path } = await finishAndDownload(page);
    assert.ok(!textOf(path).includes("Lindqvist"));
    await page.getByRole("button", { name: "The other files" }).click();
    await becomes(() => page.locator('.file-row[data-state="done"]').count(), 1);
    await page.getByRole("button", { name: "Review: one.txt" }).click();
    await page.locator("mark", { hasText: "Hartley" }).waitFor();
  });

  test("cancelling ends the reading, and it can be begun again", async () => {
    const page = await site.fresh();
    const text = "Imogen Hartley called from 330-555-0142 about the appointment.\n".repeat(120_000);
    await drop(page, { name: "large.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
    await page.getByRole("button", { name: /^Cancel/ }).click();
    await page.waitForSelector('.file-row[data-state="cancelled"]');
    await page.getByRole("button", { name: /^Try again/ }).waitFor();
  });

  test("a case sheet from the form finds what nothing else would", async () => {
    const page = await site.fresh();
    await page.locator("summary", { hasText: "People in this case" }).click();
    await page.getByRole("button", { name: "Add a person" }).click();
    await page.locator('[data-person="names"]').fill("Wren Ashdown");
    await page.locator('[data-person="terms"]').fill("blue caravan");
    await page.getByRole("button", { name: "Add a person" }).click();
    await page.locator(".person").nth(1).locator("select").selectOption("mother");
    await page.locator(".person").nth(1).locator('[data-person="names"]').fill("Linnet Ashdown");
    await drop(page, { name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("W. Ashdown lives in the blue caravan. Linnet came along. ASHDOWN, WREN signed.") });
    await page.waitForSelector(".review .row");
    const { path } = await finishAndDownload(page);
    const text = textOf(path);
    for (const value of ["Ashdown", "ASHDOWN", "caravan", "Linnet"]) assert.ok(!text.includes(value), value);
    assert.match(text, /\[CLIENT\]/);
    assert.match(text, /\[MOTHER\]/);
  });

  test("own terms go, and terms that may stay do", async () => {
    const page = await site.fresh();
    await page.locator("summary", { hasText: "Words that must go" }).click();
    await page.getByLabel("Always remove, one per line").fill("project heron");
    await page.getByLabel("Never remove, one per line").fill("Imogen Hartley");
    await drop(page, { name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("Imogen Hartley leads Project Heron with Tobias Lindqvist.") });
    await page.waitForSelector(".review .row");
    const { path } = await finishAndDownload(page, "terms.redacted.txt");
    assert.match(textOf(path), /^Imogen Hartley leads \[.*\] with \[PERSON-\d\]\.$/);
  });

  test("other rules, and what they ask for", async () => {
    const page = await site.fresh();
    await page.locator("summary", { hasText: "more sets of rules" }).click();
    await page.getByLabel(/^To another provider/).check();
    await drop(page, letter);
    await page.waitForFunction(() => document.activeElement?.matches(".asked :invalid"));
    assert.equal(await page.locator(".review").count(), 0, "required parameters are missing");
    await page.getByLabel("Recipient").fill("Harbor Clinic");
    await page.getByLabel("Purpose").fill("treatment");
    await review(page, letter);
    await becomes(() => page.locator(".group-policy").count(), 1);
  });

  test("pseudonyms with a key made for this visit", async () => {
    const page = await site.fresh();
    await page.getByLabel(/^Pseudonyms \(GDPR\)/).check();
    await page.getByLabel("Name of the project the codes are for").fill("study-1");
    await review(page, letter);
    const { path } = await finishAndDownload(page, "pseudonyms.redacted.txt");
    assertClean(path);
  });

  test("checking what somebody else redacted", async () => {
    const page = await site.fresh();
    await page.locator(".check-card input").setInputFiles(join(examples, "discharge-letter.docx"));
    await page.waitForSelector(".checked .leaks li");
    assert.match(await page.locator(".verdict").innerText(), /left behind by the redaction/);
    await page.getByRole("button", { name: "Back" }).click();
    await page.locator(".check-card input").setInputFiles({ name: "plain.txt", mimeType: "text/plain", buffer: Buffer.from("Nothing here.") });
    await page.getByText("The checks that ran found nothing. Pictures were not checked.").waitFor();
  });

  test("a locked document asks for its password", async () => {
    const locked = join(scratch, "locked.pdf");
    execFileSync("qpdf", ["--encrypt", "heron", "heron", "256", "--", join(examples, "lawyers-letter.pdf"), locked]);
    const page = await site.fresh();
    await drop(page, locked);
    await page.getByText("This file is locked with a password.").waitFor();
    await page.getByLabel("Password", { exact: true }).fill("wrong");
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByText("This file is locked with a password.").waitFor();
    await page.getByLabel("Password", { exact: true }).fill("heron");
    await page.getByRole("button", { name: "Open" }).click();
    await page.locator('.file-row[data-state="ready"]').waitFor();
    await page.getByRole("button", { name: "Review: locked.pdf" }).click();
    await page.locator(".sheet canvas").first().waitFor();
  });
});

describe("finishing", () => {
  test("a change after writing takes the result away", async () => {
    const page = await site.fresh();
    await review(page, letter);
    await finishAndDownload(page, "first.redacted.txt");
    await page.getByRole("button", { name: "Back to the review" }).click();
    const value = (await page.locator(".group-person .value").first().innerText()).trim();
    await row(page, value).locator(".act-keep").click();
    const { path } = await finishAndDownload(page, "second.redacted.txt");
    assert.ok(textOf(path).includes(value));
  });

  test("the report holds counts and no value", async () => {
    const page = await site.fresh();
    await review(page, letter);
    await page.keyboard.press("Control+s");
    await page.waitForSelector(".summary");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /^Report/ }).click()]);
    assert.equal(download.suggestedFilename(), "referral-letter.redacted.txt.report.json");
    const path = join(scratch, "report.json");
    await download.saveAs(path);
    const report = JSON.parse(readFileSync(path, "utf8"));
    assert.equal(report.files.length, 1);
    assert.equal(report.files[0].verdict, "redacted");
    assert.match(report.files[0].sha256_out, /^[0-9a-f]{64}$/);
    assertClean(path);
  });

  test("the written file can be read on the page, beside the original", async () => {
    const page = await site.fresh();
    await review(page, join(examples, "discharge-letter.docx"));
    await page.keyboard.press("Control+s");
    await page.waitForSelector(".summary");
    await page.locator(".result summary").click();
    const [before, after] = [page.getByRole("region", { name: "Before" }), page.getByRole("region", { name: "After" })];
    await after.locator(".reading", { hasText: "[PERSON-2]" }).waitFor();
    await before.locator(".reading", { hasText: "Pellerin" }).waitFor();
    assert.ok(!(await after.innerText()).includes("Pellerin"));
    await before.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await page.waitForFunction(() => document.querySelectorAll(".result .scroller")[1].scrollTop > 50);
    await becomes(() => page.evaluate(() => [...document.querySelectorAll(".result .scroller")].every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)), true, "no label is cut");
  });

  test("leaving warns once there are decisions", async () => {
    const page = await site.fresh();
    await review(page, letter);
    const warned = () => page.evaluate(() => {
      const event = new Event("beforeunload", { cancelable: true });
      dispatchEvent(event);
      return event.defaultPrevented;
    });
    assert.equal(await warned(), false);
    await page.locator(".act-keep").first().click();
    await becomes(warned, true);
    await finishAndDownload(page, "left.redacted.txt");
    await becomes(warned, false);
  });

  test("everything in Spanish", async () => {
    const page = await site.open({ locale: "es-ES" });
    assert.equal(await page.locator("html").getAttribute("lang"), "es");
    await review(page, letter);
    await page.getByRole("button", { name: "Descargar", exact: true }).click();
    await page.getByText("Léalo una vez más antes de compartirlo.").waitFor();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByText("Read it once more before you share it.").waitFor();
    await page.context().close();
  });
});

/** Selects words as a mouse would. */
async function select(page, words) {
  await page.evaluate((wanted) => {
    const walker = document.createTreeWalker(document.querySelector(".reading"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(wanted);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      node.parentElement.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
      return;
    }
    throw new Error("no such words");
  }, words);
}
writeFileSync(join(scratch, ".keep"), "");
