// What an agent that was killed has left of a logpoint: the hook with its breakpoints, which end themselves when the line is passed and nobody fetches
// the hits, and the statement of a live edit are taken out here.
import type { Leftover } from '../contract.ts';
import { removeText } from './in-target/index.ts';
import type { ProcessSession } from './process-session.ts';

/** A live edit of a timer is two. */
const marksOf = (mark: string): string[] => Array.from({ length: 8 }, (_, at) => `${mark}:${at}`);

/** True: nothing of it is there. */
export async function takeOutLeft(session: ProcessSession, { detail }: Leftover): Promise<boolean> {
  const urls = new Set(JSON.parse(String(detail['urls'] ?? '[]')) as string[]);
  const scripts = session.scripts.scripts().filter(({ url }) => urls.has(url));
  let isOut = true;
  if (detail['mechanism'] === 'live-edit') for (const { id } of scripts) for (const mark of marksOf(String(detail['mark']))) isOut = await session.edits.take(id, mark) && isOut;
  for (const context of new Set([null, ...scripts.map(({ contextId }) => contextId)])) await session.evaluate(removeText(String(detail['hook'])), context).catch(() => { isOut &&= context !== null; });
  return isOut;
}
