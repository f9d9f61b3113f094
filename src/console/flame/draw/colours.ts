// Colours as numbers: packed as ImageData holds them on every machine that runs a browser (little endian, 0xAABBGGRR), mixed, compared.

export const packRgb = (red: number, green: number, blue: number): number => (0xff000000 | blue << 16 | green << 8 | red) >>> 0;
const channels = (packed: number): readonly [red: number, green: number, blue: number] => [packed & 255, packed >>> 8 & 255, packed >>> 16 & 255];

/** As CSS and SVG write it: #107879. */
export const hexOf = (packed: number): string => `#${channels(packed).map(channel => channel.toString(16).padStart(2, '0')).join('')}`;

/** `share` of the first, the rest of the second. */
export function mix(first: number, second: number, share: number): number {
  const [a, b] = [channels(first), channels(second)];
  const of = (at: 0 | 1 | 2) => Math.round(a[at] * share + b[at] * (1 - share));
  return packRgb(of(0), of(1), of(2));
}

/** Relative luminance, 0 to 1, by the definition of WCAG 2. */
export function luminance(packed: number): number {
  const [red, green, blue] = channels(packed).map(channel => { const c = channel / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

/** 1 to 21. */
export function contrast(a: number, b: number): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

/** The first of `texts` that is readable on a fill (4.5 to 1), else the most readable of them. */
export function readableOn(fill: number, texts: readonly number[]): number {
  const enough = texts.find(text => contrast(text, fill) >= 4.5);
  return enough ?? texts.reduce((best, text) => contrast(text, fill) > contrast(best, fill) ? text : best);
}
