// Hostile text: a detector's anchor in every place. Bytes that are read are counted; a detector that read on to the end of
// the text at each anchor would read many times as many.
import { expect, test } from 'vitest';
import type { Detector } from '../../types.ts';
import { vendorDetectors } from './index.ts';

/** The least text that a shape takes. */
const example = (shape: readonly ((byte: number) => boolean)[]): string => shape.map((is) => String.fromCharCode([...Array(95).keys()].map((i) => i + 32).find(is) ?? 0x20)).join('');

/** The most bytes that one look at an anchor reads, of those in the first half of the text. */
function mostRead(detector: Detector, unit: string, anchorLength: number): number {
  const plain = new TextEncoder().encode(unit.repeat(Math.ceil(12_000 / unit.length)));
  let read = 0;
  const bytes = new Proxy(plain, { get: (target, key) => { if (typeof key === 'string' && /^\d/.test(key)) read++; return Reflect.get(target, key, target) as unknown; } });
  let most = 0;
  for (const turn of [0, 1, 40]) {
    read = 0;
    const found = detector.verify({ bytes, start: 0, end: plain.length }, turn * unit.length + anchorLength, { start: 0, end: 0, confidence: 0, keep: 0 });
    // What is found is read once: no anchor in it is looked at again.
    if (!found) most = Math.max(most, read);
  }
  return most;
}

test.each(vendorDetectors.map((one) => [one.name, one] as const))('%s reads no more than a window at each anchor', (_, detector) => {
  for (const unit of new Set(detector.anchors.map(example))) {
    for (const more of ['', 'a', '-', '="', '_1A']) expect(mostRead(detector, unit + more, unit.length), unit + more).toBeLessThan(detector.name === 'gcp-service-account-key' ? 10_000 : 2500);
  }
});
