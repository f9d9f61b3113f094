// Mining texts in tests.
import { encodeUtf8 } from '../../base/index.ts';
import type { TemplateMiner } from '../template-miner.ts';

/** Learns the texts, then says under which id each is known in the end. */
export function idsOf(miner: TemplateMiner, lines: readonly string[], scope = 0): string[] {
  const ordinals = lines.map((line) => mineText(miner, line, scope));
  return ordinals.map((ordinal) => miner.describe(ordinal).id);
}

/** The ordinal of the text's template, learnt. */
export function mineText(miner: TemplateMiner, text: string, scope = 0): number {
  const bytes = encodeUtf8(text);
  return miner.mine(bytes, 0, bytes.length, scope);
}

/** The text of the template a text has now. */
export const templateOf = (miner: TemplateMiner, text: string): string => miner.describe(mineText(miner, text)).template;
