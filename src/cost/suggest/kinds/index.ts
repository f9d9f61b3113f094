import type { Kind } from '../types.ts';
import { dedup } from './dedup.ts';
import { divertToRecorder, dropDebug, dropUnread } from './drop.ts';
import { removeField, truncateField } from './fields.ts';
import { sample } from './sample.ts';
import { toMetric } from './to-metric.ts';

export const kinds: readonly Kind[] = [dropDebug, dropUnread, sample, dedup, toMetric, removeField, truncateField, divertToRecorder];
