import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SavedView } from '../../../../model/index.ts';
import { fakeRecord, fakeTail } from '../testing/fake-tail.ts';
import { renderTail } from '../testing/render.tsx';

const view = (patch: Partial<SavedView> = {}): SavedView => ({ id: 'v1', name: 'checkouts', description: '', signals: ['logs'], kql: 'event("CheckoutStarted")', columns: ['order.total'], stage: 'out', facets: { hidden: {}, only: {} }, wrap: false, createdAt: '', updatedAt: '', author: 'you', follows: [], ...patch });

/** Keeps views as the server does. */
function server(views: SavedView[]) {
  const calls: string[] = [];
  const answer = (body: unknown, status = 200) => new Response(body === null ? null : JSON.stringify(body), { status });
  const fetch = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    const { pathname, search } = new URL(String(input));
    const method = init?.method ?? 'GET';
    if (!pathname.startsWith('/api/v1/views')) return answer({}, 503);
    const [id, body] = [pathname.split('/')[4], init?.body === undefined ? null : JSON.parse(String(init.body)) as Partial<SavedView>];
    if (id === 'import') {
      const [file] = (JSON.parse(String(init?.body)) as { files: { text: string }[] }).files;
      if (file?.text === 'bad') return answer({ error: { code: 'view.file', message: 'Nothing was imported: a.yaml: Line 3: no.', help: 'Correct the file.' } }, 422);
      calls.push(`IMPORT${search} ${file?.text ?? ''}`);
      return answer({ applied: search === '', steps: [{ name: 'checkouts', action: 'change', fields: ['kql'], changes: [{ field: 'kql', before: 'event("CheckoutStarted")', after: 'event("b")' }] }, { name: 'errors', action: 'create', fields: [] }] });
    }
    if (method !== 'GET') calls.push([method, id, body?.name].filter(part => part !== undefined).join(' '));
    if (method === 'POST') { views.push(view({ ...body, id: `v${views.length + 1}` })); return answer(views.at(-1), 201); }
    if (method === 'PUT') {
      const at = views.findIndex(one => one.id === id);
      const { base, ...wish } = body as Partial<SavedView> & { base?: SavedView };
      if (base !== undefined && (Object.keys(base) as (keyof SavedView)[]).some(key => JSON.stringify(base[key]) !== JSON.stringify(views[at]![key]))) return answer({ error: { code: 'view.changed-meanwhile', message: 'Somebody else saved the view.', help: 'Look.' } }, 409);
      views[at] = { ...views[at]!, ...wish };
      return answer(views[at]);
    }
    if (method === 'DELETE') { views.splice(views.findIndex(one => one.id === id), 1); return answer(null, 204); }
    return answer({ views });
  });
  return { fetch: fetch as unknown as typeof globalThis.fetch, calls };
}
const open = async () => { await userEvent.click(await screen.findByRole('button', { name: /^Saved views/ })); };

afterEach(() => vi.unstubAllGlobals());

describe('saved views of the tail', () => {
  it('are opened by a link that names no filter of its own, and say which rename they follow', async () => {
    const { fetch } = server([view({ follows: [{ name: 'CheckoutStarted', now: ['checkout.started', 'CheckoutStarted'], since: '2026-03-12T12:09:00Z', firstSeen: '2026-03-12T12:04:00Z', by: 'ada', missed: [{ from: '2026-03-12T12:04:30Z', until: '2026-03-12T12:09:00Z', wholeFrom: '2026-03-12T12:04:30Z' }] }] })]);
    const tail = fakeTail();
    const { router } = renderTail(tail, '/tail?view=v1', fetch);
    await screen.findByRole('button', { name: 'Saved views, checkouts' });
    await waitFor(() => expect(router.state.location.search).toMatchObject({ q: 'event("CheckoutStarted")', columns: ['order.total'], view: 'v1' }));
    expect((await screen.findByText(/This view looks for both names/)).textContent).toMatch(/^CheckoutStarted is called checkout\.started since 12:04:00.*It found nothing from 12:04:30.* until 12:09:00.*by ada/);
    // Nothing is here: the note says so, and where to look. Once something is it no longer does.
    const before = await screen.findByRole('button', { name: 'Look before the rules' });
    await userEvent.click(before);
    await waitFor(() => expect(router.state.location.search).toMatchObject({ stage: 'in', view: 'v1' }));
    await screen.findByText(/No record with either has come here yet, before the rules/);
    act(() => tail.add(fakeRecord(1)));
    await waitFor(() => expect(screen.queryByText(/has come here yet/)).toBeNull());
  });

  it('are opened by a link that says where to look and no filter: with their filter, there', async () => {
    const { fetch } = server([view({ wrap: true })]);
    const { router } = renderTail(fakeTail(), '/tail?view=v1&stage=in', fetch);
    await waitFor(() => expect(router.state.location.search).toMatchObject({ q: 'event("CheckoutStarted")', columns: ['order.total'], wrap: true, stage: 'in', view: 'v1' }));
    await screen.findByRole('button', { name: 'Saved views, checkouts, changed' });
  });

  it('bring back where they look and what they leave out, also without a filter', async () => {
    const { fetch } = server([view({ kql: '', columns: [], stage: 'in', facets: { hidden: { ServiceName: ['cart'] }, only: {} }, wrap: true })]);
    const { router } = renderTail(fakeTail(), '/tail?view=v1', fetch);
    await waitFor(() => expect(router.state.location.search).toMatchObject({ stage: 'in', off: { ServiceName: ['cart'] }, wrap: true }));
    await screen.findByRole('button', { name: 'Saved views, checkouts' });
    await userEvent.click(screen.getByRole('radio', { name: /After rules/ }));
    await screen.findByRole('button', { name: 'Saved views, checkouts, changed' });
  });

  it('keep what is shown under a name, and say how to keep it alive', async () => {
    const kept: SavedView[] = [];
    const { fetch, calls } = server(kept);
    renderTail(fakeTail(), `/tail?stage=in&q=${encodeURIComponent('EventName == "LogLaunch"')}`, fetch);
    await open();
    await screen.findByText(/No view is saved yet/);
    await userEvent.click(screen.getByRole('button', { name: 'Save this view' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('goes on when the event is renamed');
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole('textbox', { name: 'Name' })));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Follow renames' }));
    expect(within(dialog).getByText('event("LogLaunch")')).toBeTruthy();
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'launches{Enter}');
    await screen.findByRole('button', { name: 'Saved views, launches' });
    expect([calls, kept.at(-1)?.kql, kept.at(-1)?.stage]).toEqual([['POST launches'], 'event("LogLaunch")', 'in']);
  });

  it('are renamed, and deleted with a way back', async () => {
    const { fetch, calls } = server([view()]);
    renderTail(fakeTail(), '/tail', fetch);
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Rename checkouts' }));
    const name = within(await screen.findByRole('dialog')).getByRole('textbox', { name: 'Name' });
    await userEvent.clear(name);
    await userEvent.type(name, 'starts{Enter}');
    await waitFor(() => expect(calls).toEqual(['PUT v1 starts']));
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Delete starts' }));
    await userEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(calls.at(-1)).toBe('DELETE v1'));
  });

  it('somebody else saved one while it was renamed here: nothing is overwritten, and what it says now is told', async () => {
    const kept = [view()];
    const { fetch, calls } = server(kept);
    renderTail(fakeTail(), '/tail', fetch);
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Rename checkouts' }));
    const dialog = await screen.findByRole('dialog');
    kept[0] = view({ kql: 'event("theirs")', description: 'theirs' });
    const name = within(dialog).getByRole('textbox', { name: 'Name' });
    await userEvent.clear(name);
    await userEvent.type(name, 'starts{Enter}');
    const alert = within(await within(dialog).findByRole('alert'));
    expect((await alert.findByText('The filter: now')).parentElement?.textContent).toBe('The filter: now event("theirs")');
    await userEvent.click(alert.getByRole('button', { name: 'Save my changes on top of it' }));
    await waitFor(() => expect(calls).toEqual(['PUT v1 starts', 'PUT v1 starts']));
    expect(kept[0]).toMatchObject({ name: 'starts', kql: 'event("theirs")', description: 'theirs' });
  });

  it('that somebody else or a file changed: shown as they are now, unless something was changed here, which is not lost', async () => {
    const kept = [view()];
    const { fetch } = server(kept);
    const { router } = renderTail(fakeTail(), '/tail?view=v1', fetch);
    await screen.findByRole('button', { name: 'Saved views, checkouts' });
    kept[0] = view({ kql: 'event("theirs")' });
    await waitFor(() => expect(router.state.location.search).toMatchObject({ q: 'event("theirs")', view: 'v1' }), { timeout: 15_000 });
    await userEvent.click(screen.getByRole('radio', { name: /Before rules/ }));
    await screen.findByRole('button', { name: 'Saved views, checkouts, changed' });
    kept[0] = view({ kql: 'event("theirs again")' });
    await open();
    await waitFor(() => expect(screen.getByText('event("theirs again")')).toBeTruthy(), { timeout: 15_000 });
    expect(router.state.location.search).toMatchObject({ q: 'event("theirs")', stage: 'in' });
    await userEvent.click(screen.getByRole('button', { name: 'Save the changes to checkouts' }));
    await waitFor(() => expect(kept[0]?.kql).toBe('event("theirs again")'));
  });

  it('say when what is shown is no longer what they say, and take it over', async () => {
    const { fetch, calls } = server([view()]);
    renderTail(fakeTail(), `/tail?view=v1&q=${encodeURIComponent('SeverityNumber > 9')}`, fetch);
    await screen.findByRole('button', { name: 'Saved views, checkouts, changed' });
    await open();
    await userEvent.click(screen.getByRole('button', { name: 'Save the changes to checkouts' }));
    await waitFor(() => expect(calls).toEqual(['PUT v1 checkouts']));
    await screen.findByRole('button', { name: 'Saved views, checkouts' });
  });

  it('are imported from files: first what would be overwritten, then all of it; a file that is wrong changes nothing', async () => {
    const { fetch, calls } = server([view()]);
    renderTail(fakeTail(), '/tail', fetch);
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Import' }));
    const dialog = await screen.findByRole('dialog');
    const choose = (text: string) => userEvent.upload(within(dialog).getByLabelText('Files of views'), new File([text], 'a.yaml'));
    await choose('bad');
    expect((await within(dialog).findByRole('alert')).textContent).toContain('Line 3');
    await choose('good');
    const plan = await within(dialog).findByRole('list', { name: 'What would change' });
    expect(plan.textContent).toMatch(/overwrittencheckoutskqlnow: event\("CheckoutStarted"\)then: event\("b"\).*newerrors/);
    expect(calls).toEqual(['IMPORT?dry=1 good']);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Import, overwriting 1 view' }));
    await waitFor(() => expect(calls).toEqual(['IMPORT?dry=1 good', 'IMPORT good']));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});
