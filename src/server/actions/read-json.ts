import type { z } from 'zod';
import { maxMessageBytes } from './bounds.ts';

/** What an agent sent, when it is of this shape and not too much. */
export function readJson<T>(schema: z.ZodType<T>, data: Uint8Array): T | null {
  if (data.length > maxMessageBytes) return null;
  try {
    return schema.safeParse(JSON.parse(Buffer.from(data).toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
