/** Run in a page with an `engine`: all there is to do, and what came of it, in short. */
export async function everything({ text, docx }) {
  const { engine } = globalThis;
  const bytes = Uint8Array.from(atob(docx), (character) => character.charCodeAt(0));
  const file = new File([bytes], "letter.docx");
  const scanned = await engine.scan(text);
  const redacted = await engine.redact(text);
  const back = await engine.restoreText(redacted.text, redacted.record);
  const written = await engine.redactFile(file);
  const restored = await engine.restoreFile(written.file, written.record);
  const { leaks } = await engine.check(file);
  const { review } = await engine.open(file);
  const blocks = await review.blocks(0, 5);
  const [item] = review.items;
  review.decide({ item: item.id }, "keep");
  const [{ places: [place] }] = review.items.slice(1);
  await review.add({ node: place.node, start: place.start, end: place.end }, "LOCATION", true);
  await review.boxes([place.id]);
  review.undo();
  review.redo();
  const finished = await review.finish();
  review.close();
  return {
    values: scanned.map(({ start, end }) => text.slice(start, end)), redacted: redacted.text, back: back.text === text, written: written.ok && written.file.size > 0,
    restored: restored.ok || restored.error.code, leaks: leaks.length > 0, blocks: blocks.length, finished: finished.ok, verified: finished.report?.verified?.values > 0,
  };
}

export const LETTER = "😀 Dear Mrs. Winslow, call 330-555-0164.";

export const GOOD = {
  values: ["Mrs. Winslow", "330-555-0164"], redacted: "😀 Dear [PERSON-1], call [PHONE_NUMBER].", back: true, written: true, restored: true, leaks: true, blocks: 5, finished: true, verified: true,
};
