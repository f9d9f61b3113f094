// A text cut at its findings, in order; joined the parts are the text. Pure.
export interface Found { readonly start: number; readonly end: number; readonly detector: string; readonly confidence: number }
export interface MarkedPart { readonly start: number; readonly text: string; readonly finding: Found | null }

/** Findings in UTF-16 units, in order, none overlapping. */
export function marked(text: string, findings: readonly Found[]): readonly MarkedPart[] {
  const parts: MarkedPart[] = [];
  let from = 0;
  const plain = (to: number) => { if (to > from) parts.push({ start: from, text: text.slice(from, to), finding: null }); };
  for (const finding of findings) {
    plain(finding.start);
    parts.push({ start: finding.start, text: text.slice(finding.start, finding.end), finding });
    from = finding.end;
  }
  plain(text.length);
  return parts;
}
