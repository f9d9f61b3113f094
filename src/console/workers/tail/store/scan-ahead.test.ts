import fc from 'fast-check';
import { expect, it } from 'vitest';
import { requiredText } from '../../../../engine/index.ts';
import { codec, encodeLogs, type RequestView } from '../../../../otlp/index.ts';
import { call, column, literal } from '../testing/plans.ts';
import { scanAhead } from './scan-ahead.ts';

const wanted = 'xconnection';
const text = requiredText([call('contains', column('Body', 'dynamic'), literal(wanted))], 'logs')!;

function view(bodies: readonly string[]): RequestView {
  const walked = codec.walk('logs', encodeLogs({}, '', bodies.map((body) => ({ body }))));
  if (!walked.ok) throw new Error(walked.error.message);
  return walked.value;
}

const body = fc.constantFrom('', 'xconn', 'ection', 'XConnection', `a ${wanted} b`, wanted + wanted, 'nothing of the kind, at some length'.repeat(20));

it('asks of exactly the records that hold the text, in whatever order rows come', () => {
  fc.assert(fc.property(fc.array(fc.array(body, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 3 }), fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(20)), { maxLength: 20 }), (frames, runs) => {
    const views = frames.map(view);
    const test = scanAhead(text, () => true);
    for (const [frame, first, count] of runs) {
      const bodies = frames[frame % frames.length]!;
      for (let i = first % bodies.length; i < Math.min(bodies.length, (first % bodies.length) + count); i++) {
        expect(test(views[frame % frames.length]!, i, 0)).toBe(bodies[i]!.toLowerCase().includes(wanted));
      }
    }
  }), { numRuns: 500 });
});

it('no longer looks once most records hold the text', () => {
  const all = view(Array.from({ length: 5000 }, () => wanted));
  const test = scanAhead(text, () => true);
  for (let i = 0; i < 5000; i++) test(all, i, 0);
  expect(test(view(['nothing']), 0, 0)).toBe(true);
});
