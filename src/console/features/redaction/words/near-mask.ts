// A masked context in little room: cut from the left, so that the mask is seen.
const leadLength = 14;

export function nearMask(context: string): string {
  const at = context.indexOf('\u2022');
  return at <= leadLength ? context : `\u2026${context.slice(at - leadLength + 1)}`;
}
