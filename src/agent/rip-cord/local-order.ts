// How somebody on the machine pulls the cord with no server: an order as a file in the agent's folder, which belongs to the agent's owner alone;
// the agent answers in another. An order that is given while no agent runs is carried out at its next start.
import { watch, type FSWatcher } from 'node:fs';
import { z } from 'zod';
import { decodeUtf8, encodeUtf8, type Result } from '../../base/index.ts';
import { ripCordOrder, ripCordReport } from '../../model/index.ts';
import type { Files } from '../ports/index.ts';

export const localOrder = ripCordOrder.extend({ version: z.literal(1), id: z.string().min(1).max(64) });
export type LocalOrder = z.infer<typeof localOrder>;
/** `order`: the last one that was carried out; empty before there was one. */
export const localAnswer = z.object({ version: z.literal(1), order: z.string(), pid: z.number(), startTicks: z.number(), report: ripCordReport });
export type LocalAnswer = z.infer<typeof localAnswer>;

export const [orderFile, answerFile]: readonly [string, string] = ['rip-cord-order.json', 'rip-cord-answer.json'];
/** Where the system does not tell of changes. */
const lookEveryMs = 1000;

export const writeOrder = (files: Pick<Files, 'writeAtomically'>, order: LocalOrder): Promise<Result<void>> => files.writeAtomically(orderFile, encodeUtf8(JSON.stringify(order)));
export const writeAnswer = (files: Pick<Files, 'writeAtomically'>, answer: LocalAnswer): Promise<Result<void>> => files.writeAtomically(answerFile, encodeUtf8(JSON.stringify(answer)));
export const readOrder = (files: Pick<Files, 'read'>): Promise<LocalOrder | null> => read(files, orderFile, localOrder);
export const readAnswer = (files: Pick<Files, 'read'>): Promise<LocalAnswer | null> => read(files, answerFile, localAnswer);

async function read<T>(files: Pick<Files, 'read'>, name: string, shape: z.ZodType<T>): Promise<T | null> {
  const file = await files.read(name);
  if (!file.ok || file.value === null) return null;
  try { return shape.safeParse(JSON.parse(decodeUtf8(file.value))).data ?? null; } catch { return null; }
}

/** Calls `look` whenever an order may have come; ends with what it gives. */
export const watchOrders = (directory: string, look: () => void): (() => void) => watchFiles(directory, [orderFile], look);

/** Calls `look` whenever one of the files may have changed, at the latest after a second. */
export function watchFiles(directory: string, names: readonly string[], look: () => void): () => void {
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(directory, { persistent: false }, (_, name) => { if (name === null || names.includes(name)) look(); });
    watcher.on('error', () => { watcher?.close(); });
  } catch { /* the timer looks */ }
  return () => { clearInterval(timer); watcher?.close(); };
}
