// Bytes and shapes that say that a text is wrapped: what the automaton looks for beside the detectors' own.
import { literal } from '../bytes.ts';
import type { Shape } from '../types.ts';

export const anchorByte = { percent: 0x25, backslash: 0x5c } as const;

const isHex = (byte: number): boolean => (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);

/** `%2D`. */
export const urlSign: Shape = [...literal('%'), isHex, isHex];
/** `\"`, `\n`, `\r`, `\t`, `\/`, `\u00…`. */
export const jsonSigns: readonly Shape[] = [[...literal('\\'), (byte) => byte === 0x22 || byte === 0x6e || byte === 0x72 || byte === 0x74 || byte === 0x2f], literal('\\u00')];
/** `&quot;`, `&#39;`, `&#x3d;`. */
export const htmlSigns: readonly Shape[] = [...['&quot;', '&apos;', '&amp;', '&lt;', '&gt;'].map(literal), [...literal('&#'), (byte) => byte === 0x78 || byte === 0x58 || (byte >= 0x30 && byte <= 0x39)]];
