/** From the file to the download without a mouse. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { becomes, eventually, examples, scratch, start } from "./support.mjs";

let site;
before(async () => (site = await start()));
after(() => site.stop());

/** Tabs until the focus is on it, as somebody would who sees the focus. */
async function tabTo(page, name, most = 60) {
  for (let at = 0; at < most; at += 1) {
    await page.keyboard.press("Tab");
    const label = await page.evaluate(() => {
      const active = document.activeElement;
      const box = active?.getBoundingClientRect();
      const visible = box !== undefined && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
      return `${visible ? "" : "hidden: "}${active?.getAttribute("aria-label") ?? active?.textContent ?? ""}`;
    });
    if (label.startsWith(name)) return;
    assert.ok(!label.startsWith("hidden: "), `the focus cannot be seen on ${label}`);
  }
  assert.fail(`${name} was not reached`);
}

test("drop to download with the keyboard alone", async () => {
  const page = await site.open();
  await tabTo(page, "Choose files");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Enter")]);
  await chooser.setFiles(join(examples, "discharge-letter.docx"));
  await page.waitForSelector(".review .row");
  await page.waitForFunction(() => document.activeElement?.closest(".findings"));

  const current = () => page.evaluate(() => ({ row: document.querySelector(".row.current")?.dataset.row ?? "", state: document.querySelector(".row.current")?.dataset.state, value: document.querySelector(".row.current .value")?.textContent }));
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const first = await eventually(async () => {
    const now = await current();
    assert.ok(now.row !== "");
    assert.equal(await page.evaluate(() => document.activeElement?.closest(".row")?.dataset.row), now.row, "the focus goes along");
    return now;
  });
  const state = async () => (await current()).state;
  for (const [key, after] of [["e", "keep"], ["Control+z", "redact"], ["Control+Shift+z", "keep"], ["r", "redact"]]) {
    await page.keyboard.press(key);
    await becomes(state, after, key);
  }

  // Enter leaves the decision and goes on.
  await page.keyboard.press("Enter");
  await eventually(async () => assert.notEqual((await current()).row, first.row));
  await page.locator(".decided", { hasText: /^1 of/ }).waitFor();
  await page.keyboard.press("e");
  await becomes(state, "keep");
  const kept = (await current()).value;
  await page.keyboard.press("n");
  await page.locator(".decided", { hasText: /^2 of/ }).waitFor();

  // The group as a whole.
  await page.keyboard.press("g");
  await page.locator(".reach", { hasText: /R or E now acts on/ }).waitFor();
  await page.keyboard.press("Escape");
  await becomes(() => page.locator(".reach").count(), 0);

  // Open and close places.
  await page.keyboard.press("Home");
  for (let at = 0; at < 60; at += 1) {
    await page.keyboard.press("ArrowDown");
    if ((await page.locator(".row.current [data-expand]").count()) > 0) break;
  }
  await page.keyboard.press("ArrowRight");
  await page.locator(".row.place").first().waitFor();
  await page.keyboard.press("ArrowLeft");
  await page.waitForFunction(() => document.querySelectorAll(".row.place:not([data-row^=hidden])").length === 0);

  // Preview, sections, help.
  await page.keyboard.press("p");
  await page.waitForSelector(".previewing");
  await page.keyboard.press("p");
  await page.keyboard.press("]");
  await page.keyboard.press("?");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector("dialog[open]"));

  // Tab goes from the list to the document, where J and K walk its marks.
  await page.evaluate(() => document.querySelector(".row.current .row-main")?.focus());
  await tabTo(page, "Document ");
  const before = await page.evaluate(() => document.querySelector("mark.current")?.dataset.place);
  await page.keyboard.press("j");
  await page.waitForFunction((place) => document.querySelector("mark.current")?.dataset.place !== place, before);

  await page.keyboard.press("Control+s");
  await page.waitForSelector(".summary");
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  await tabTo(page, "Download ");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  const path = join(scratch, "keyboard.docx");
  await download.saveAs(path);
  assert.equal(readFileSync(path).subarray(0, 2).toString(), "PK");
  assert.ok((await page.locator(".summary-grid").innerText()).includes(kept));
  await page.context().close();
});

test("single keys do nothing while one types, and can be switched off", async () => {
  const page = await site.open();
  await page.locator(".drop input").setInputFiles(join(examples, "referral-letter.txt"));
  await page.waitForSelector(".review .row");
  await page.locator(".list-tools input").focus();
  await page.keyboard.type("re");
  await becomes(() => page.locator(".list-tools input").inputValue(), "re");
  assert.ok(await page.getByRole("button", { name: "Undo" }).isDisabled());
  await page.locator(".list-tools input").fill("");
  await page.locator(".row-main").first().click();
  await page.keyboard.press("?");
  await page.getByLabel("Single-letter keys on").uncheck();
  await page.keyboard.press("Escape");
  await page.locator(".row-main").first().click();
  await page.keyboard.press("e");
  assert.ok(await page.getByRole("button", { name: "Undo" }).isDisabled());
  await page.context().close();
});
