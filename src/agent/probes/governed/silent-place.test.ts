// Its end comes before it was in, and the process does not answer: nobody says then that it was taken out.
import { expect, it } from 'vitest';
import { failure, type Result } from '../../../base/index.ts';
import type { InsertAsk, Inserted } from '../contract.ts';
import { FakeMechanism } from './testing/fake-mechanism.ts';
import { probeHere, processOf } from './testing/probe-here.ts';

class Silent extends FakeMechanism {
  override async insert({ signal }: InsertAsk): Promise<Result<Inserted>> {
    await new Promise((resolve) => { signal.addEventListener('abort', resolve); });
    return failure('probe.no-answer', 'Process 7 does not answer: it stands still.');
  }
}

it.each(['expired', 'removed'] as const)('%s is a refusal, with the reason', async (end) => {
  const { probe } = probeHere({ mechanism: new Silent() });
  const inserting = probe.insert(processOf());
  await new Promise(setImmediate);
  await probe.end(end);
  await inserting;
  expect(probe.report()).toMatchObject({ state: 'refused', end: 'refused', why: { code: 'probe.no-answer' }, places: [{ state: 'refused' }] });
});
