// A look without a page: each token is a number of its own, so that a test sees which one a pixel has.
import { packRgb } from '../draw/colours.ts';
import { readLook, type FlameLook } from '../draw/flame-look.ts';

/** A grey or colour a token is told by. */
const tokenColour = (css: string): number => { let sum = 0; for (const letter of css) sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0; return packRgb(sum & 255, sum >>> 8 & 255, sum >>> 16 & 255); };

export const plainLook = (palette: readonly string[], properties: Readonly<Record<string, string>> = {}): FlameLook => readLook({ colour: tokenColour, property: name => properties[name] ?? '' }, palette);
