// Words of an agent or a server as people read them: what stands between backticks is code.

export function Said({ children }: { readonly children: string }) {
  return <>{saidParts(children).map(({ text, isCode, at }) => (isCode ? <span key={at} className="mono">{text}</span> : text))}</>;
}

export interface SaidPart { readonly text: string; readonly isCode: boolean; /** Where it begins. */ readonly at: number }

/** A backtick without its other one stays as it is. */
export function saidParts(words: string): readonly SaidPart[] {
  const parts: SaidPart[] = [];
  let from = 0;
  for (const found of words.matchAll(/`([^`]+)`/g)) {
    if (found.index > from) parts.push({ text: words.slice(from, found.index), isCode: false, at: from });
    parts.push({ text: found[1] ?? '', isCode: true, at: found.index });
    from = found.index + found[0].length;
  }
  return from < words.length ? [...parts, { text: words.slice(from), isCode: false, at: from }] : parts;
}

/** Where only plain text fits, such as a tooltip. */
export const plainWords = (words: string): string => saidParts(words).map(({ text }) => text).join('');
