/** The text of an editable element, and where each of its characters stands. The element is read, never changed. */
export interface EditableText {
  readonly text: string;
  /** A range of a span of the text. */
  range(start: number, end: number): Range | null;
}

interface Piece {
  readonly node: Text;
  readonly start: number;
}

const BLOCKS = new Set([
  "ADDRESS", "ARTICLE", "ASIDE", "BLOCKQUOTE", "DD", "DETAILS", "DIV", "DL", "DT", "FIGCAPTION", "FIGURE", "FOOTER", "H1", "H2", "H3", "H4", "H5", "H6",
  "HEADER", "HR", "LI", "MAIN", "NAV", "OL", "P", "PRE", "SECTION", "SUMMARY", "TABLE", "TBODY", "TD", "TFOOT", "TH", "THEAD", "TR", "UL",
]);
const SKIPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE"]);

export function readEditable(root: HTMLElement): EditableText {
  const pieces: Piece[] = [];
  let text = "";
  // A break is written when more text follows, so that the last block does not end in an empty line.
  let broken = false;
  const visit = (parent: Node): void => {
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      if (node instanceof Text) {
        if (!node.data) continue;
        if (broken && text) text += "\n";
        broken = false;
        pieces.push({ node, start: text.length });
        text += node.data;
      } else if (node instanceof Element && !SKIPPED.has(node.tagName)) {
        if (node.tagName === "BR") {
          if (broken && text) text += "\n";
          broken = true;
          continue;
        }
        const block = BLOCKS.has(node.tagName);
        if (block) broken = true;
        visit(node);
        if (block) broken = true;
      }
    }
  };
  visit(root);

  const at = (offset: number, after: boolean): { readonly node: Text; readonly offset: number } | null => {
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { start = 0 } = pieces[middle] ?? {};
      if (after ? start < offset : start <= offset) low = middle + 1;
      else high = middle;
    }
    const piece = pieces[low - 1];
    return piece ? { node: piece.node, offset: Math.min(offset - piece.start, piece.node.length) } : null;
  };
  return {
    text,
    range(start, end) {
      const from = at(start, false);
      const to = at(end, true);
      if (!from || !to) return null;
      const range = document.createRange();
      range.setStart(from.node, from.offset);
      range.setEnd(to.node, to.offset);
      return range;
    },
  };
}
