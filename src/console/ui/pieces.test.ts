// The pure parts of components.
import { describe, expect, it } from 'vitest';
import { maskParts } from './masked-text.tsx';
import { severityLetter } from './severity-mark.tsx';
import { sparkPaths } from './sparkline.tsx';

describe('masked text', () => {
  it('finds masks with their prefix and loses nothing', () => {
    const text = 'sync https://bot:ghp_••••••••@git.internal for •••@•••.example';
    const parts = maskParts(text);
    expect(parts.map(part => part.text).join('')).toBe(text);
    expect(parts.filter(part => part.masked).map(part => part.text)[0]).toBe('ghp_••••••••');
    expect(maskParts('nothing hidden')).toEqual([{ text: 'nothing hidden', masked: false }]);
  });
});

describe('severity', () => {
  it.each([[0, null], [1, 'T'], [5, 'D'], [9, 'I'], [16, 'W'], [17, 'E'], [24, 'F'], [25, null]] as const)('%d is %s', (number, letter) => expect(severityLetter(number)).toBe(letter));
});

describe('sparkline', () => {
  it('leaves a gap where nothing was measured', () => {
    const { line } = sparkPaths([1, 2, null, 3, 4], 40, 10);
    expect(line.match(/M/g)).toHaveLength(2);
  });
  it('draws the largest value at the top and zero at the bottom', () => expect(sparkPaths([0, 10], 10, 12).line).toBe('M0.0 11.0L10.0 1.0'));
});
