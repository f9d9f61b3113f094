import { expect, it } from 'vitest';
import type { DryRunSample } from '../../../../rules/index.ts';
import { withMasks } from '../../../editor/redact/index.ts';
import type { DiffRow } from './diff-rows.ts';
import { asHidden } from './masked-rows.ts';

const sample = (kind: DryRunSample['kind'], after: string | null) => ({ kind, before: { summary: 'the secret' }, after: after === null ? null : { summary: after }, changes: [] }) as unknown as DryRunSample;
const row = (of: DryRunSample | null): DiffRow => ({ key: 'k', sign: '-', timeMs: 0, name: 'n', text: 'the secret', changes: [], size: '', sample: of });

it('shows a changed record as it becomes, and nothing of one that goes', () => {
  const shown = asHidden([row(sample('changed', 'the ••••')), row(sample('removed', null)), row(sample('unchanged', 'the secret'))]);
  expect(shown.map(({ text }) => text)).toEqual(['the ••••', '•••• the record as it came', 'the secret']);
});

it('masks what is found beyond that', () => expect(withMasks('a one b', [{ start: 2, end: 5 }])).toBe('a •••• b'));
