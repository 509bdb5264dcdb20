/** What a person does beyond single decisions: keys of their own, who is who, boxes on pictures, values brought back. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { axe, becomes, eventually, examples, finishAndDownload, review, scratch, start } from "./support.mjs";

let site;
before(async () => (site = await start()));
after(() => site.stop());

const letter = join(examples, "referral-letter.txt");
const status = (page, text) => page.locator("[role=status]", { hasText: text }).waitFor({ state: "attached" });

describe("keys", () => {
  test("another key does it, help and buttons say so, and no key does two things", async () => {
    const page = await site.fresh();
    await review(page, letter);
    await page.waitForFunction(() => document.activeElement?.closest(".row"));
    await page.keyboard.press("?");
    await page.getByRole("button", { name: "Change keys" }).click();
    assert.deepEqual(await axe(page), []);
    const keep = page.getByLabel("Keep", { exact: true }).and(page.locator(".key-input"));
    await keep.focus();
    await page.keyboard.press("r");
    await page.locator(".key-problem", { hasText: "R already stands for: Remove" }).waitFor();
    await page.keyboard.press("x");
    await becomes(() => keep.inputValue(), "X");
    await page.keyboard.press("Escape");
    await page.locator("dialog.help:not(.keys) .key-map kbd", { hasText: /^X$/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    await page.locator(".row .row-main").first().click();
    await becomes(() => page.locator(".row.current .act-keep").getAttribute("title"), "Keep (X)");
    await page.keyboard.press("e");
    assert.equal(await page.locator(".row.current").getAttribute("data-state"), "redact", "the old key does nothing");
    await page.keyboard.press("x");
    await becomes(() => page.locator(".row.current").getAttribute("data-state"), "keep");
    await page.keyboard.press("?");
    await page.getByRole("button", { name: "Change keys" }).click();
    await page.getByRole("button", { name: "As it was at first" }).click();
    await becomes(() => keep.inputValue(), "E");
  });
});

describe("who is who", () => {
  test("a value is somebody else's, two people are one, and both can be undone", async () => {
    const page = await site.fresh();
    await page.getByLabel(/paste/i).fill("Imogen Hartley called. Rupert Osgood answered; Imogen Hartley wrote to imogen.hartley@example.com on Monday.");
    await page.locator(".paste button").click();
    await page.waitForSelector(".review .row", { state: "attached" });
    await becomes(async () => (await page.locator(".group-person .group-title").allInnerTexts()).sort(), ["Imogen Hartley", "Rupert Osgood"]);
    const joining = page.locator('.group-person:has(.group-title:text-is("Rupert Osgood")) [data-join]');
    await joining.selectOption({ label: "Imogen Hartley" });
    await page.waitForFunction(() => document.querySelectorAll(".group-person").length === 1);
    await status(page, /belongs? to another person/);
    await eventually(async () => {
      const values = await page.locator(".group-person .row .value").allInnerTexts();
      assert.ok(values.includes("Rupert Osgood") && values.includes("Imogen Hartley"));
    });
    await page.getByRole("button", { name: "Undo" }).click();
    await page.waitForFunction(() => document.querySelectorAll(".group-person").length === 2);

    const mail = page.locator(".row", { has: page.locator(".value", { hasText: "imogen.hartley@" }) });
    await mail.locator(".row-main").click();
    await page.locator("[data-owner]").selectOption("new");
    await page.locator(".group-person .group-title", { hasText: "Somebody else" }).waitFor();
    await becomes(() => page.locator(".group-person").count(), 3);
    assert.deepEqual(await axe(page), []);
    // A decision on the person goes as far as the group.
    await mail.locator(".row-main").click();
    await page.locator("[data-owner]").selectOption({ label: "Rupert Osgood" });
    await page.waitForFunction(() => document.querySelectorAll(".group-person").length === 2);
    await page.locator('.group-person:has(.group-title:text-is("Rupert Osgood")) [data-bulk=keep]').click();
    const { path } = await finishAndDownload(page, "who.redacted.txt");
    const text = readFileSync(path, "utf8");
    assert.match(text, /Rupert Osgood/);
    assert.match(text, /imogen\.hartley@example\.com/);
    assert.doesNotMatch(text, /Imogen Hartley/);
  });
});

const hasPillow = spawnSync("python3", ["-c", "import PIL"]).status === 0;

describe("pictures", { skip: !hasPillow && "needs Python's Pillow, which makes the pictures and looks into what was written" }, () => {
  /** 400 by 300 pixels, white, with a blue bar where a name would be. */
  function picture(name) {
    const path = join(scratch, name);
    execFileSync("python3", ["-c", `
from PIL import Image, ImageDraw
image = Image.new("RGB", (400, 300), "white")
ImageDraw.Draw(image).rectangle([100, 90, 299, 129], fill=(20, 60, 200))
image.save("${path}")`]);
    return path;
  }
  const pixels = (path, points) => JSON.parse(execFileSync("python3", ["-c", `
import json
from PIL import Image
image = Image.open("${path}").convert("RGB")
print(json.dumps([list(image.size), [list(image.getpixel(tuple(at))) for at in ${JSON.stringify(points)}]]))`], { encoding: "utf8" }));

  for (const name of ["scan.png", "scan.jpg", "scan.bmp", "scan.gif"]) {
    test(`${name}: what is marked is gone from the file, the rest stays`, async () => {
      const page = await site.fresh();
      await page.locator(".drop input[type=file]").setInputFiles(picture(name));
      await page.locator("img.drawn-on").waitFor();
      await page.waitForFunction(() => document.querySelector("img.drawn-on")?.complete);
      const box = await page.locator("img.drawn-on").boundingBox();
      const scale = box.width / 400;
      const at = (x, y) => [box.x + x * scale, box.y + y * scale];
      await page.mouse.move(...at(90, 80));
      await page.mouse.down();
      await page.mouse.move(...at(200, 110), { steps: 4 });
      await page.mouse.move(...at(310, 140), { steps: 4 });
      await page.mouse.up();
      await becomes(() => page.locator(".picture-area").count(), 1);
      assert.deepEqual(await axe(page), []);
      const { path } = await finishAndDownload(page, name.replace("scan", "scan.redacted"));
      const [size, [inside, edge, corner]] = pixels(path, [[200, 110], [102, 92], [5, 5]]);
      assert.deepEqual(size, [400, 300]);
      for (const dark of [inside, edge]) assert.ok(Math.max(...dark) < 12, `${dark}`);
      assert.ok(Math.min(...corner) > 240, `${corner}`);
      assert.match(await page.locator(".summary").innerText(), /painted over where somebody marked it/);
    });
  }

  test("two clicks make a box, and so does the keyboard; undo takes it away; without a box there is no file", async () => {
    const page = await site.fresh();
    await page.locator(".drop input[type=file]").setInputFiles(picture("keys.png"));
    await page.locator("img.drawn-on").waitFor();
    await page.waitForFunction(() => document.querySelector("img.drawn-on")?.complete);
    await page.getByRole("button", { name: "Download", exact: true }).click();
    await page.locator(".notice.bad", { hasText: "picture" }).first().waitFor();
    const box = await page.locator("img.drawn-on").boundingBox();
    await page.mouse.click(box.x + 30, box.y + 30);
    await status(page, /First corner/);
    await page.mouse.click(box.x + 120, box.y + 90);
    await becomes(() => page.locator(".picture-area").count(), 1);
    await page.getByRole("button", { name: "Undo" }).click();
    await becomes(() => page.locator(".picture-area").count(), 0);
    await page.getByRole("button", { name: "Add a box" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.classList.contains("picture-area"));
    const style = () => page.locator(".picture-area").evaluate((area) => [area.style.left, area.style.width]);
    const [left, width] = await style();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Shift+ArrowRight");
    await eventually(async () => {
      const [moved, widened] = await style();
      assert.ok(parseFloat(moved) < parseFloat(left) && parseFloat(widened) > parseFloat(width));
    });
    await page.keyboard.press("Delete");
    await becomes(() => page.locator(".picture-area").count(), 0);
  });
});

describe("bringing values back", () => {
  test("a sealed record and its key, kept apart, restore the document; one alone does not", async () => {
    const page = await site.fresh();
    await page.locator(".policy details summary").click();
    await page.locator('.policy input[value="gdpr-pseudonymise"]').check();
    await page.locator("[data-parameter='gdpr-pseudonymise.domain']").fill("clinic");
    const original = "Imogen Hartley called from 330-555-0142 and wrote to imogen.hartley@example.com.";
    const source = join(scratch, "back.txt");
    writeFileSync(source, original);
    await review(page, source);
    const { path } = await finishAndDownload(page, "back.redacted.txt");
    assert.doesNotMatch(readFileSync(path, "utf8"), /Hartley/);
    await page.locator("[data-record=key]").waitFor();
    const save = async (which) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`[data-record=${which}]`).click()]);
      const saved = join(scratch, download.suggestedFilename());
      await download.saveAs(saved);
      return saved;
    };
    const [record, key] = [await save("file"), await save("key")];
    assert.doesNotMatch(readFileSync(record, "utf8"), /Hartley|330|imogen/);
    assert.match(readFileSync(key, "utf8"), /^[0-9a-f]{64}\n$/);
    assert.deepEqual(await axe(page), []);

    const fresh = await site.fresh();
    await fresh.locator(".restore-card > summary").click();
    const inputs = fresh.locator(".restore-card input[type=file]");
    const wrong = join(scratch, "wrong-key.txt");
    writeFileSync(wrong, `${"0".repeat(64)}\n`);
    await inputs.nth(0).setInputFiles(path);
    await inputs.nth(1).setInputFiles(record);
    await inputs.nth(2).setInputFiles(wrong);
    await fresh.getByRole("button", { name: "Bring back" }).click();
    await fresh.locator(".restore-answer", { hasText: "does not open" }).waitFor();
    await inputs.nth(2).setInputFiles(key);
    await fresh.getByRole("button", { name: "Bring back" }).click();
    const link = fresh.locator(".restore-answer a");
    await link.waitFor();
    const [download] = await Promise.all([fresh.waitForEvent("download"), link.click()]);
    const restored = join(scratch, "back.restored.txt");
    await download.saveAs(restored);
    assert.equal(readFileSync(restored, "utf8"), original);
  });

  test("rules without codes offer no record", async () => {
    const page = await site.fresh();
    await review(page, letter);
    await page.keyboard.press("Control+s");
    await page.waitForSelector(".summary");
    assert.equal(await page.locator(".record").count(), 0);
  });
});

describe("what policies ask for", () => {
  for (const [width, height] of [[1280, 860], [375, 780], [320, 640]]) {
    test(`${width} by ${height}: right below the chosen policy, and in view`, async () => {
      const page = await site.open({ viewport: { width, height } });
      await page.locator(".policy details summary").click();
      const names = await page.locator(".policy input[type=radio]").evaluateAll((inputs) => inputs.map(({ value }) => value));
      let asking = 0;
      for (const name of names) {
        await page.locator(`.policy input[value="${name}"]`).check();
        const required = page.locator(".asked :required");
        if ((await required.count()) === 0) continue;
        asking += 1;
        assert.ok(await page.locator(`.option:has(input[value="${name}"]) + .asked`).isVisible(), name);
        await eventually(async () => {
          const { top, bottom } = await required.first().evaluate((field) => field.closest(".stack").getBoundingClientRect());
          assert.ok(top >= 0 && bottom <= height, `${name}: ${top} to ${bottom} of ${height}`);
        });
      }
      assert.ok(asking >= 3, `${asking} policies ask for something`);
      await page.context().close();
    });
  }

  test("the fields, their choices and what must be said come from the policies", async () => {
    const page = await site.fresh();
    await page.locator(".policy details summary").click();
    await page.locator('.policy input[value="court-filing"]').check();
    await eventually(async () => {
      const options = await page.locator(".asked select option").evaluateAll((all) => all.map(({ value }) => value));
      assert.ok(["civil", "criminal", "bankruptcy"].every((word) => options.includes(word)), options.join());
    });
    assert.ok((await page.locator(".asked .hint").first().innerText()).length > 10);
    await page.locator('.policy input[value="limited-data-set"]').check();
    await eventually(async () => assert.ok((await page.locator(".asked :is(input, select)[required]").count()) >= 2));
  });
});

describe("progress", () => {
  test("bytes of a long text, never backwards", async () => {
    const page = await site.fresh();
    const line = "The patient, Imogen Hartley, reports that the pain is worse in the morning and better after a walk.\n";
    await page.evaluate(() => {
      globalThis.seen = [];
      new MutationObserver(() => {
        const text = document.querySelector(".file-row .state-text")?.textContent ?? "";
        const bar = document.querySelector(".file-row progress");
        if (bar?.max > 2) globalThis.seen.push([bar.value, bar.max, text]);
      }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    await page.locator(".drop input[type=file]").setInputFiles({ name: "long.txt", mimeType: "text/plain", buffer: Buffer.from(line.repeat(30_000)) });
    await page.waitForSelector(".review .row", { state: "attached", timeout: 60_000 });
    const seen = await page.evaluate(() => globalThis.seen);
    const steps = [...new Set(seen.map(([value]) => value))];
    assert.ok(steps.length > 4, steps.join());
    assert.deepEqual(steps, [...steps].sort((a, b) => a - b));
    assert.ok(seen.some(([, , text]) => /MB of 3 MB/.test(text)), seen.at(-1)?.[2]);
  });
});
