import { randomBytes, randomUUID } from 'node:crypto';
import type { Random } from '../options.ts';

export const systemRandom: Random = { id: () => randomUUID(), u32: () => randomBytes(4).readUInt32LE() };
