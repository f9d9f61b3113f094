// What the hook in a process tells, checked: it runs beside a program that may have changed whatever it likes. Numbers are numbers, lists are lists;
// what a person is told of them later is no more than text.
import type { Drained, RawFrame, RawHit } from './hook.ts';

/** V8's own clock, milliseconds: beyond this no date can be written. */
const mostMs = 8.64e15;

/** Null: not what the hook gives. */
export function readDrained(text: unknown): readonly Drained[] | null {
  if (typeof text !== 'string') return null;
  try {
    const told: unknown = JSON.parse(text);
    return Array.isArray(told) && told.every(isDrained) ? told : null;
  } catch { return null; }
}

function isDrained(told: unknown): told is Drained {
  if (!isObject(told)) return false;
  const { key, hits, lost, passes, spentMs, faults, fault } = told as Partial<Record<keyof Drained, unknown>>;
  return typeof key === 'string' && [lost, passes, faults].every(isCount) && isAmount(spentMs) && (fault === null || typeof fault === 'string') && Array.isArray(hits) && hits.every(isHit);
}

function isHit(told: unknown): told is RawHit {
  if (!isObject(told)) return false;
  const { at, values, measure, trace, stack, cut } = told as Partial<Record<keyof RawHit, unknown>>;
  return Number.isSafeInteger(at) && isAmount(at) && at <= mostMs && isObject(values) && !Array.isArray(values) && (measure === undefined || Number.isFinite(measure)) && (trace === undefined || isTrace(trace))
    && (stack === undefined || (Array.isArray(stack) && stack.every(isFrame))) && (cut === undefined || typeof cut === 'boolean');
}

const isObject = (told: unknown): told is object => typeof told === 'object' && told !== null;
const isAmount = (told: unknown): told is number => typeof told === 'number' && Number.isFinite(told) && told >= 0;
const isCount = (told: unknown): boolean => isAmount(told) && Number.isSafeInteger(told);
/** Format: W3C Trace Context, in hex. */
const isTrace = (told: unknown): boolean => Array.isArray(told) && told.length === 2 && /^[0-9a-f]{32}$/i.test(String(told[0])) && /^[0-9a-f]{16}$/i.test(String(told[1]));
const isFrame = (told: unknown): told is RawFrame => Array.isArray(told) && told.length === 4 && typeof told[0] === 'string' && typeof told[1] === 'string' && Number.isSafeInteger(told[2]) && Number.isSafeInteger(told[3]);
