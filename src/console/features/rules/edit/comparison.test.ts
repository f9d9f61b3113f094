import { describe, expect, it } from 'vitest';
import type { RuleVersion } from '../../../../model/index.ts';
import { askedFor, comparisonOf } from './comparison.ts';

const version = (number: number, text: string) => ({ version: number, text }) as RuleVersion; // nothing else is read
const rule = (deployedVersion: number | null, ...texts: readonly string[]) => ({ versions: texts.map((text, index) => version(index + 1, text)), deployedVersion, latestVersion: texts.length });
const numbers = (given: ReturnType<typeof comparisonOf>) => given === null ? null : [given.left.version, given.right?.version ?? 'in hand'];

describe('the comparison', () => {
  it('is with the deployed version, unless that is the text in hand', () => {
    expect(numbers(comparisonOf(rule(1, 'a', 'b'), 'c', {}))).toEqual([1, 'in hand']);
    expect(numbers(comparisonOf(rule(2, 'a', 'b'), 'b', {}))).toEqual([1, 'in hand']);
  });

  it('is with the last save of a rule that does not run', () => {
    expect(numbers(comparisonOf(rule(null, 'a', 'b'), 'c', {}))).toEqual([2, 'in hand']);
    expect(numbers(comparisonOf(rule(null, 'a', 'b', 'b'), 'b', {}))).toEqual([1, 'in hand']);
  });

  it('does not exist while nothing differs', () => {
    expect(comparisonOf(rule(1, 'a'), 'a', {})).toBeNull();
    expect(numbers(comparisonOf(rule(1, 'a'), 'b', {}))).toEqual([1, 'in hand']);
  });

  it('is what a person asked for, also of equal texts, and falls back when that version is gone', () => {
    expect(numbers(comparisonOf(rule(2, 'a', 'b'), 'b', { version: 2 }))).toEqual([2, 'in hand']);
    expect(numbers(comparisonOf(rule(2, 'a', 'b'), 'b', { version: 1, against: 2 }))).toEqual([1, 2]);
    expect(numbers(comparisonOf(rule(2, 'a', 'b'), 'c', { version: 9 }))).toEqual([2, 'in hand']);
  });

  it('of the version in hand is with the version before it', () => {
    expect(askedFor(rule(2, 'a', 'b'), 'b', 2)).toEqual({ version: 1, against: 2 });
    expect(askedFor(rule(2, 'a', 'b'), 'b', 1)).toEqual({ version: 1 });
    expect(askedFor(rule(1, 'a'), 'a', 1)).toEqual({ version: 1 });
  });
});
