// Text in which redaction left masks. A mask looks like a hole in the text; copying gives the mask, for the secret is not here.
// Redaction writes bullets (U+2022), with a prefix such as `ghp_` that says what was hidden.
const maskPattern = /[\w.-]{0,12}•{2,}[\w.-]{0,12}/gu;

export interface TextPart { readonly text: string; readonly masked: boolean }

/** Splits text into plain and masked parts, in order; joined they are the text. */
export function maskParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(maskPattern)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index), masked: false });
    parts.push({ text: match[0], masked: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), masked: false });
  return parts;
}

export function MaskedText({ text }: { readonly text: string }) {
  if (!text.includes('•')) return <>{text}</>;
  return <>{maskParts(text).map((part, i) => (part.masked ? <span key={i} className="mask" title="Removed by redaction before it was stored or sent">{part.text}</span> : <span key={i}>{part.text}</span>))}</>;
}
