// Sentences out of parts: plain words, names of the program, values.
import type { HeapText } from '../summary/rows.ts';
import type { WordPart } from './suspect.ts';

export const plain = (text: string): WordPart => ({ text, kind: 'plain' });
export const name = (text: string): WordPart => ({ text, kind: 'code' });
export const named = ({ text, isValue }: HeapText): WordPart => ({ text, kind: isValue ? 'value' : 'code' });

/** 40120 as `40,120`. */
export const counted = (count: number): string => count.toLocaleString('en-US');

/** A share as `71 %`, small ones as `4.8 %`. */
export const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

/** Bytes as `68.2 MiB`. */
export function bytes(size: number): string {
  if (size < 1024) return `${size} B`;
  return size < 1024 * 1024 ? `${(size / 1024).toFixed(1)} KiB` : `${(size / 1024 / 1024).toFixed(1)} MiB`;
}

export const sentence = (parts: readonly WordPart[]): string => parts.map(({ text }) => text).join('');
