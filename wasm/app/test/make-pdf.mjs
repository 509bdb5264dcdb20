/** A plain PDF of any number of pages, about people who do not exist. Written by hand: no library has to be trusted with the offsets. */
const NAMES = ["Imogen Hartley", "Tobias Lindqvist", "Rosalind Achebe", "Casper Vandermeer", "Noor Whitfield", "Edwin Castellane", "Paloma Greaves", "Anselm Okafor"];
const WORDS = "the case worker wrote that the visit went well and that the next one would be in spring because the family had asked for time to settle in the new flat near the river".split(" ");

export function makePdf(pages) {
  const objects = [];
  const add = (body) => objects.push(body);
  add("<< /Type /Catalog /Pages 2 0 R >>");
  add(`<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, page) => `${4 + page * 2} 0 R`).join(" ")}] >>`);
  add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  for (let page = 1; page <= pages; page += 1) {
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${objects.length + 2} 0 R >>`);
    const text = lines(page).map((line) => `(${line.replace(/[()\\]/g, "\\$&")}) Tj T*`).join("\n");
    const content = `BT /F1 11 Tf 15 TL 60 780 Td\n${text}\nET`;
    add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  let out = "%PDF-1.4\n";
  const offsets = objects.map((body, at) => {
    const offset = out.length;
    out += `${at + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const table = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("")}`;
  out += `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(out, "latin1");
}

function lines(page) {
  const name = NAMES[page % NAMES.length];
  const result = [`Page ${page} of the file of ${name}`, ""];
  for (let line = 0; line < 40; line += 1) {
    if (line % 8 === 3) result.push(`On ${1 + ((page + line) % 28)} March 2024 ${name} called from 330-555-01${String((page * 7 + line) % 100).padStart(2, "0")} about the appointment.`);
    else result.push(Array.from({ length: 13 }, (_, word) => WORDS[(page * 5 + line * 3 + word) % WORDS.length]).join(" "));
  }
  return result;
}
