import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { editRule, type RuleProblem } from '../../../../rules/index.ts';
import { createQueryClient } from '../../../api/index.ts';
import { RedactClientProvider } from '../../../editor/redact/index.ts';
import { inProcessRedact } from '../../../workers/redact/testing/in-process.ts';
import { RulesTailProvider } from '../services.tsx';
import { fakeTail } from '../testing/fakes.ts';
import { PolicyPane } from './policy-pane.tsx';

Element.prototype.hasPointerCapture ??= () => false;
Element.prototype.scrollIntoView ??= () => undefined;

const start = 'weir: 1\nkind: redaction-policy\nname: people\nentries:\n  # first\n  - key: user.*\n    do: hash\n  - key: auth.*\n    do: remove\n';
let text = start;

function Harness({ entry, problems = [] }: { readonly entry?: number; readonly problems?: readonly RuleProblem[] }) {
  const [now, keep] = useState(start);
  const setNow = (next: string) => { text = next; keep(next); };
  const draft = { text: now, setText: setNow, edit: (edits: Parameters<typeof editRule>[1]) => { const made = editRule(now, edits); if (made.ok) setNow(made.value); } };
  return <><PolicyPane entry={entry} editor={{ draft, problems }} onReveal={() => undefined} /><button type="button" onClick={() => setNow(`${now}broken: [`)}>Break</button></>;
}

const shown = (entry?: number, problems: readonly RuleProblem[] = []) => { text = start; render(<QueryClientProvider client={createQueryClient()}><RedactClientProvider value={inProcessRedact()}><RulesTailProvider value={fakeTail()}><Harness problems={problems} {...(entry !== undefined && { entry })} /></RulesTailProvider></RedactClientProvider></QueryClientProvider>); };

describe('the forms of a policy', () => {
  it('move entries with their comments, and take the move back', async () => {
    shown();
    await userEvent.click(screen.getByRole('button', { name: 'Move entry 2 up' }));
    expect(text).toBe('weir: 1\nkind: redaction-policy\nname: people\nentries:\n  - key: auth.*\n    do: remove\n  # first\n  - key: user.*\n    do: hash\n');
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(text).toBe(start);
    await userEvent.click(screen.getByRole('button', { name: 'Remove entry 1' }));
    expect(text).not.toContain('user.*');
  });

  it('open at the entry that a link names', () => {
    shown(2);
    expect(screen.getAllByRole('button', { expanded: true })).toEqual([screen.getByRole('button', { name: /auth/, expanded: true })]);
    expect(screen.getByRole('group', { name: 'entry 2' })).toBeTruthy();
  });

  it('test a pattern while it is written', async () => {
    shown();
    await userEvent.click(screen.getByRole('button', { name: 'Add a pattern' }));
    const box = screen.getByRole('group', { name: 'Test box' });
    await userEvent.type(within(box).getByRole('textbox'), 'order ABC-12345');
    expect((await within(box).findByText('ABC-12345', { selector: 'mark' })).textContent).toBe('ABC-12345');
    expect(text).toContain('own-pattern');
  });

  it('stay as they were while the text cannot be read, and say why', async () => {
    shown();
    await userEvent.click(screen.getByRole('button', { name: 'Break' }));
    expect(screen.getByRole('button', { name: /Show line/ })).toBeTruthy();
    expect(screen.getByText('user.*')).toBeTruthy();
    expect((screen.getByRole('group', { name: 'Forms of the policy' }) as HTMLFieldSetElement).disabled).toBe(true);
  });

  it('say what is wrong with a pattern at its field', async () => {
    shown(undefined, [{ severity: 'error', code: 'pattern', path: ['patterns', 0, 'pattern'], message: 'RE2 does not know (?=.', start: 0, end: 1 } as unknown as RuleProblem]);
    await userEvent.click(screen.getByRole('button', { name: 'Add a pattern' }));
    const field = screen.getByRole('textbox', { name: 'Pattern, in RE2' });
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(field.getAttribute('aria-describedby')!)?.textContent).toBe('RE2 does not know (?=.');
    await userEvent.type(field, 'x');
    expect(field.getAttribute('aria-invalid')).toBeNull();
  });
});
