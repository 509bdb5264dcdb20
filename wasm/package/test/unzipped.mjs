import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** All parts of an office file, and what they say without their tags. The program that unpacks is not ours. */
export async function unzipped(file) {
  const folder = mkdtempSync(join(tmpdir(), "subrosa-"));
  try {
    const path = join(folder, "file.zip");
    writeFileSync(path, Buffer.from(await file.arrayBuffer()));
    const xml = execFileSync("unzip", ["-p", path], { encoding: "utf8", maxBuffer: 1 << 28 });
    return { xml, text: xml.replace(/<[^>]*>/g, "").replace(/&amp;/g, "&") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
