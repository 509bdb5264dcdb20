/** A plain workbook of one sheet, written by hand: cells with numbers in formats, and with words. */
import { crc32 } from "node:zlib";

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

/** Rows of cells: words, or a number with the code of its format. */
export function makeXlsx(rows) {
  const codes = [...new Set(rows.flat().flatMap((cell) => (typeof cell === "string" ? [] : [cell.format])))];
  const cell = (value, row, column) => {
    const place = `${String.fromCharCode(65 + column)}${row + 1}`;
    if (typeof value === "string") return `<c r="${place}" t="inlineStr"><is><t>${escape(value)}</t></is></c>`;
    return `<c r="${place}" s="${codes.indexOf(value.format) + 1}"><v>${value.number}</v></c>`;
  };
  const data = rows.map((cells, row) => `<row r="${row + 1}">${cells.map((value, column) => cell(value, row, column)).join("")}</row>`).join("");
  const formats = codes.map((code, at) => `<numFmt numFmtId="${170 + at}" formatCode="${escape(code)}"/>`).join("");
  const styles = codes.map((_, at) => `<xf numFmtId="${170 + at}" applyNumberFormat="1"/>`).join("");
  return zip({
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${KIND}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${KIND}.styles+xml"/></Types>`,
    "_rels/.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${XML}<workbook xmlns="${SHEETS}" xmlns:r="${OFFICE}"><sheets><sheet name="Visits" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `${XML}<worksheet xmlns="${SHEETS}"><sheetData>${data}</sheetData></worksheet>`,
    "xl/styles.xml": `${XML}<styleSheet xmlns="${SHEETS}"><numFmts count="${codes.length}">${formats}</numFmts><cellXfs count="${codes.length + 1}"><xf numFmtId="0"/>${styles}</cellXfs></styleSheet>`,
  });
}

/** A ZIP archive whose members are stored as they are. */
function zip(members) {
  const local = [];
  const central = [];
  let offset = 0;
  for (const [name, text] of Object.entries(members)) {
    const [path, data] = [Buffer.from(name), Buffer.from(text)];
    // Version, flags, method, time, date (1 January 1980), checksum, sizes, lengths.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(33, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    local.push(Buffer.from("PK\x03\x04"), common, path, data);
    central.push(Buffer.from("PK\x01\x02\x14\x00"), common, place, path);
    offset += 4 + common.length + path.length + data.length;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(Object.keys(members).length, 8);
  end.writeUInt16LE(Object.keys(members).length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, list, end]);
}
