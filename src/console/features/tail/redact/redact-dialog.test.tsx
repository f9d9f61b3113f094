import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, describe, it } from 'vitest';
import type { QueryDryRunResult } from '../../../../rules/index.ts';
import { fakeRecord, fakeTail } from '../testing/fake-tail.ts';
import { renderTail } from '../testing/render.tsx';

const mail = 'ada@example.com';
const result = { kind: 'query', scanned: 40, reached: 40, matched: 40, changed: 12, removed: 0, fromMs: 0, toMs: 10_000, samples: [], hiddenLeftOut: 0, hidden: [
  { detector: 'email', key: 'user.mail', place: 'attribute', action: 'mask', count: 12, records: 12, context: 'to ••••' }, { detector: 'email', key: 'contact', place: 'attribute', action: 'mask', count: 2, records: 2, context: '••••' },
] } as unknown as QueryDryRunResult;

function server() {
  const sent: { path: string; body: { text?: string } }[] = [];
  const rule = { id: 'r1', name: 'redact-email-cart', description: '', state: 'draft', order: 100, latestVersion: 1, deployedVersion: null };
  const fetch = async (input: URL | string | Request, init?: RequestInit) => {
    const path = new URL(String(input)).pathname.replace('/api/v1', '');
    if (init?.method === 'POST') sent.push({ path, body: JSON.parse(String(init.body)) as { text?: string } });
    if (path === '/rules' && init?.method !== 'POST') return Response.json({ rules: [] });
    return new Response(JSON.stringify({ error: { code: 'refused', message: 'Not in this test', help: '' } }), { status: 503, headers: { 'content-type': 'application/json' } });
  };
  return { sent, rule, fetch };
}

async function opened(more: Parameters<typeof fakeRecord>[1] = { attributes: { 'user.mail': `to ${mail}`, ticket: 'ord-20417' } }, path = '/tail', shown = mail) {
  const tail = fakeTail();
  tail.result = result;
  const backend = server();
  renderTail(tail, path, backend.fetch as typeof globalThis.fetch);
  await act(async () => { tail.add(fakeRecord(1, more)); });
  await userEvent.click(await screen.findByText('item 1 added'));
  const detail = await screen.findByRole('region', { name: 'Record detail' });
  await within(detail).findByText(shown);
  return { tail, detail, ...backend };
}

function select(node: Node, start: number, end: number) {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, end);
  const selection = document.getSelection()!;
  selection.removeAllRanges();
  selection.addRange(range);
  document.dispatchEvent(new Event('selectionchange'));
}

describe('one click from the tail', () => {
  it('goes from a selection to the question before the deployment', async () => {
    const { detail, tail, sent } = await opened();
    const text = within(detail).getByText(mail).firstChild!;
    act(() => select(text, 0, mail.length));
    await userEvent.click(await screen.findByRole('button', { name: /^Redact…/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Redact' });
    expect(within(dialog).getByText(mail).tagName).toBe('CODE');
    const guess = await within(dialog).findByRole('radio', { name: /email.*sure/i });
    expect((guess as HTMLInputElement).checked).toBe(true);
    expect(await within(dialog).findByText(/would hide 14 values in 12 of 40 records/)).toBeTruthy();
    expect(within(dialog).getByText(/1 other place would be touched, too: contact/)).toBeTruthy();
    expect((within(dialog).getByRole('textbox', { name: 'Name' }) as HTMLInputElement).value).toBe('redact-email-cart');
    const ran = tail.calls.filter(({ name }) => name === 'dryRun').at(-1)!.args[0] as { rule: { policy: unknown } };
    expect(ran.rule.policy).toMatchObject({ except: ['*'], sensitiveKeys: false, entries: [{ key: 'user.mail', in: ['attribute'], service: 'cart', detectors: ['email'], do: 'mask' }] });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Deploy…' }));
    expect(await within(dialog).findByText(/records\/s/)).toBeTruthy();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Deploy live' }));
    expect((await within(dialog).findByRole('alert')).textContent).toMatch(/It was not saved/);
    expect(sent.map(({ path }) => path)).toEqual(['/redaction/residual-scan', '/rules']);
    expect(sent[1]?.body.text).not.toContain(mail);
  });

  it('makes a pattern of what no detector knows, and the text does not hold it', async () => {
    const { detail, tail } = await opened();
    act(() => select(within(detail).getByText('ord-20417').firstChild!, 0, 9));
    await userEvent.keyboard('{Shift>}R{/Shift}');
    const dialog = await screen.findByRole('dialog', { name: 'Redact' });
    const pattern = await within(dialog).findByRole('textbox', { name: 'Pattern, in RE2' });
    expect((pattern as HTMLInputElement).value).toBe('\\b[a-z]{3}-[0-9]{5}\\b');
    expect(await within(dialog).findByText('1 match in 1 of 1 line')).toBeTruthy();
    await waitFor(() => expect(tail.calls.filter(({ name }) => name === 'dryRun').length).toBeGreaterThan(0));
    expect(JSON.stringify(tail.calls.filter(({ name }) => name === 'dryRun').at(-1)!.args)).not.toContain('20417');
    await userEvent.clear(pattern);
    await userEvent.type(pattern, '(?=a)');
    expect(await within(dialog).findByText(/RE2/, { selector: '.rd-why' })).toBeTruthy();
  });

  it('opens from the record without a selection, by the letter and the button', async () => {
    const { detail } = await opened();
    await userEvent.click(within(detail).getByRole('button', { name: 'Redact' }));
    const dialog = await screen.findByRole('dialog', { name: 'Redact' });
    expect(await within(dialog).findByRole('radio', { name: /email.*user\.mail/i })).toBeTruthy();
    await userEvent.click(within(dialog).getByRole('radio', { name: 'Hash' }));
    expect(await within(dialog).findByText(/keyed hash/)).toBeTruthy();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Edit as text' }));
    expect(await screen.findByText('New rule')).toBeTruthy();
  });

  it('opens of what a detector marked by a click on it, and hides all secrets of the record at once', async () => {
    const { detail, tail } = await opened({ attributes: { 'user.mail': `to ${mail}`, 'owner.mail': 'bob@example.org' } });
    await userEvent.click(await within(detail).findByText(mail, { selector: 'mark' }));
    const dialog = await screen.findByRole('dialog', { name: 'Redact' });
    expect(within(dialog).getByText(mail).tagName).toBe('CODE');
    expect(await within(dialog).findByText(/1 other secret stays in clear in this record: email in owner\.mail/)).toBeTruthy();
    await userEvent.click(within(dialog).getByRole('checkbox', { name: /^Hide both/ }));
    expect(await within(dialog).findByText(/other secrets of this record are hidden as well/)).toBeTruthy();
    await waitFor(() => expect(tail.calls.filter(({ name }) => name === 'dryRun').at(-1)!.args[0]).toMatchObject({ rule: { policy: { entries: [{ service: 'cart', detectors: ['email'], do: 'mask' }] } } }));
  });

  it('opens of a field by Shift R', async () => {
    const { detail } = await opened();
    within(detail).getByRole('button', { name: 'Actions for ticket' }).focus();
    await userEvent.keyboard('{Shift>}R{/Shift}');
    const dialog = await screen.findByRole('dialog', { name: 'Redact' });
    expect(((await within(dialog).findByRole('radio', { name: /whole value.*ticket/i })) as HTMLInputElement).checked).toBe(true);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Actions for ticket'));
  });

  it('takes what is selected along from the button of the record', async () => {
    const { detail } = await opened();
    act(() => select(within(detail).getByText('ord-20417').firstChild!, 0, 9));
    await userEvent.click(within(detail).getByRole('button', { name: 'Redact' }));
    const dialog = await screen.findByRole('dialog', { name: 'Redact' });
    expect(((await within(dialog).findByRole('textbox', { name: 'Pattern, in RE2' })) as HTMLInputElement).value).toContain('[0-9]{5}');
    expect(within(dialog).getByText(/selected in ticket/)).toBeTruthy();
  });

  it('says where the same text stands, and whether the policy covers that', async () => {
    const { detail } = await opened({ attributes: { 'user.mail': mail, note: `of ${mail}` }, columns: { Body: `mail to ${mail}`, ServiceName: 'cart' } }, '/tail', 'user.mail');
    within(detail).getByRole('button', { name: 'Actions for user.mail' }).focus();
    await userEvent.keyboard('{Shift>}R{/Shift}');
    const dialog = await screen.findByRole('dialog', { name: 'Redact' });
    expect(await within(dialog).findByText(/The same text stands in the body and note of this record, too; this policy hides it there as well/)).toBeTruthy();
    await userEvent.click(within(dialog).getByRole('radio', { name: 'user.mail, in cart' }));
    expect(await within(dialog).findByText(/where this policy leaves it in clear/)).toBeTruthy();
  });

  it('asks twice before it hides every body, and nothing is tried until then', async () => {
    const { detail, tail } = await opened({ columns: { Body: 'nothing secret here', ServiceName: 'cart' } }, '/tail', 'nothing secret here');
    await userEvent.click(within(detail).getByRole('button', { name: 'Redact' }));
    const dialog = await screen.findByRole('dialog', { name: 'Redact' });
    expect(((await within(dialog).findByRole('radio', { name: /Own pattern/ })) as HTMLInputElement).checked).toBe(true);
    await userEvent.click(within(dialog).getByRole('radio', { name: /whole value/ }));
    expect(within(dialog).getByText(/hides every body of cart/)).toBeTruthy();
    expect(within(dialog).getByRole('button', { name: 'Deploy…' }).getAttribute('aria-disabled')).toBe('true');
    expect(tail.calls.filter(({ name }) => name === 'dryRun')).toEqual([]);
    await userEvent.click(within(dialog).getByRole('checkbox', { name: /every body is meant/ }));
    await waitFor(() => expect(tail.calls.filter(({ name }) => name === 'dryRun').length).toBeGreaterThan(0));
  });

  it('explains why fewer characters stay than were asked for, and shows the value in the list as above', async () => {
    const { detail } = await opened({ attributes: { ticket: 'ord-2041' }, resource: {} }, '/tail', 'ord-2041');
    within(detail).getByRole('button', { name: 'Actions for ticket' }).focus();
    await userEvent.keyboard('{Shift>}R{/Shift}');
    const dialog = await screen.findByRole('dialog', { name: 'Redact' });
    await userEvent.click(await within(dialog).findByRole('radio', { name: 'Partial' }));
    expect(await within(dialog).findByText(/^2 of its 8 characters stay, not 4/)).toBeTruthy();
    expect(within(dialog).getByText(/It becomes/).parentElement!.textContent).toBe('It becomes ••••41');
  });

  it('says that the filter of the tail narrowed what it was tried on', async () => {
    const { detail } = await opened(undefined, `/tail?q=${encodeURIComponent('ServiceName == "cart"')}`);
    await userEvent.click(within(detail).getByRole('button', { name: 'Redact' }));
    expect(await within(await screen.findByRole('dialog', { name: 'Redact' })).findByText(/the tail’s filter lets through, and on nothing else/)).toBeTruthy();
  });
});
