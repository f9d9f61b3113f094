import { afterEach, describe, expect, it } from 'vitest';
import { newDraftKey, useDrafts, useToasts } from '../../../state/index.ts';
import { discardDraft, unsavedDrafts } from './unsaved.ts';

afterEach(() => { useDrafts.setState({ drafts: {} }); useToasts.setState({ toasts: [] }); });
const draft = (text: string, base: string, atMs: number) => ({ text, base, baseVersion: 0, atMs });

describe('unsaved new rules', () => {
  it('are those that were edited, newest first, by their names', () => {
    const drafts = { 'new:a': draft('name: one', 'name: ""', 1), 'new:b': draft('name: two', 'name: two', 2), 'id-of-a-rule': draft('name: saved', 'x', 3), 'new:c': draft('name: [', 'name: three', 4), 'new:d': draft('kql: Logs', '', 5) };
    expect(unsavedDrafts(drafts)).toEqual([{ id: 'd', name: 'a rule without a name', atMs: 5 }, { id: 'c', name: 'three', atMs: 4 }, { id: 'a', name: 'one', atMs: 1 }]);
  });

  it('come back after they were discarded by mistake', () => {
    const key = newDraftKey('a');
    useDrafts.getState().put(key, draft('name: one', '', 1));
    discardDraft(key, 'one');
    expect(useDrafts.getState().drafts).toEqual({});
    useToasts.getState().toasts[0]?.action?.run();
    expect(useDrafts.getState().drafts[key]?.text).toBe('name: one');
  });
});
