// The ranges of the audit, as the select, the tiles and the table write them.
import { redactionRanges } from '../../../state/index.ts';

export type RangeSeconds = (typeof redactionRanges)[number];
export const defaultRange: RangeSeconds = 900;

const words: Readonly<Record<RangeSeconds, string>> = { 300: '5 min', 900: '15 min', 3600: '1 h', 21_600: '6 h', 86_400: '24 h', 604_800: '7 d' };

export const rangeWords = (seconds: RangeSeconds): string => words[seconds];
export const rangeOptions = redactionRanges.map(seconds => ({ value: String(seconds), label: `Last ${words[seconds]}` }));
