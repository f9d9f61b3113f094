import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw/http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMockServer, problem } from '../../../../mocks/index.ts';
import { renderConsole } from '../../../../mocks/console/index.ts';

const { backend, server } = createMockServer();
/** Links lead to views whose workers jsdom does not have; they stay silent. */
class SilentWorker extends EventTarget { postMessage() { /* nobody listens */ } terminate() { /* nothing runs */ } }

beforeAll(() => { vi.stubGlobal('Worker', SilentWorker); server.listen({ onUnhandledFrame: 'error' }); });
afterEach(() => server.resetHandlers());
afterAll(() => { vi.unstubAllGlobals(); server.close(); });

const rows = async () => within(await screen.findByRole('table', { name: 'Where secrets came from' })).getAllByRole('row').slice(1);
const api = (path: string) => `*/api/v1/redaction${path}`;

describe('Audit', () => {
  it('lists sources, leaking first, with line, rule and masked context', async () => {
    renderConsole('/redaction');
    const [first, second] = await rows();
    expect(first?.getAttribute('aria-label')).toBe('email in user.email, payments/src/receipt.ts:141 of payments, still leaking');
    expect(within(first!).getByText(/personal-data v1/)).toBeTruthy();
    expect(first!.querySelector('.mask')).not.toBeNull();
    expect(second?.textContent).toContain('no rule hides it');
    expect((await screen.findByText('2 sources still leaking'))).toBeTruthy();
    await waitFor(() => expect(within(screen.getByRole('navigation', { name: 'Views' })).getByRole('link', { name: /Redaction/ }).textContent).toContain('2 still leaking'));
  });

  it('filters and searches, and keeps both in the address', async () => {
    const { history, user } = renderConsole('/redaction');
    await rows();
    await user.click(screen.getByRole('radio', { name: /Clean/ }));
    await waitFor(async () => expect((await rows()).every(row => row.textContent?.includes('still leaking') === false)).toBe(true));
    fireEvent.keyDown(document.body, { key: '/' });
    expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Find a source' }));
    fireEvent.change(document.activeElement!, { target: { value: 'github cart' } });
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(history.location.search).toContain('show=clean');
    expect(history.location.search).toContain('find=github');
    fireEvent.change(document.activeElement!, { target: { value: 'nothing like it' } });
    await user.click(await screen.findByRole('button', { name: 'Show all sources' }));
    await waitFor(async () => expect((await rows()).length).toBeGreaterThan(4));
  });

  it('says which agent has not applied the rule, and leads there', async () => {
    const { history, user } = renderConsole('/redaction');
    const pane = await screen.findByRole('region', { name: 'Source payments/src/receipt.ts:141' });
    expect(pane.textContent).toMatch(/payments-3 has not applied personal-data v1\. It is away/);
    expect(within(pane).getByRole('group', { name: 'From agent to exporter' }).querySelectorAll('path.leaks')).toHaveLength(2);
    await user.click(within(pane).getByRole('button', { name: 'Open payments-3' }));
    await waitFor(() => expect(history.location.pathname).toBe('/fleet'));
  });

  it('opens a rule that hides what no rule hides', async () => {
    const { history, user } = renderConsole('/redaction');
    (await rows())[1]!.focus();
    await user.keyboard('{Enter}');
    await user.click(await screen.findByRole('button', { name: 'Hide it' }));
    await waitFor(() => expect(history.location.pathname).toBe('/rules/new'));
    expect(Object.fromEntries(new URLSearchParams(history.location.search))).toMatchObject({ kind: 'redaction-policy', detector: 'secret-assignment', service: 'checkout', entry: '1' });
  });

  it('shows the second at which each agent stopped', async () => {
    const { user } = renderConsole('/redaction?find=github');
    await user.click((await rows())[0]!);
    const stops = await screen.findByRole('region', { name: 'Stopped, agent by agent' });
    await waitFor(() => expect(within(stops).getAllByText(/^\d\d:\d\d:\d\d\.\d{3}$/)).toHaveLength(2));
    expect(stops.textContent).toMatch(/19 s to the last agent; about [\d,]+ left \(sampled\) in that time/);
    expect(stops.textContent).toMatch(/last seen leaving \d\d:\d\d:\d\drule applied \d\d:\d\d:\d\dfirst hidden \d\d:\d\d:\d\d/);
    expect((await screen.findByText('Next step')).parentElement?.textContent).toMatch(/None was seen leaving 2 agents since .*only 5\.0 % of the [\d,]+ records that left since was looked at/);
  });

  it('says why nobody knows, offers no proof of it, and what proves it', async () => {
    const { history, user } = renderConsole('/redaction?find=coupon');
    const row = (await rows())[0]!;
    expect(row.getAttribute('aria-label')).toContain('not proved');
    expect(row.querySelector('.redact-unsure')).not.toBeNull();
    await user.click(row);
    const bar = (await screen.findByText('Next step')).parentElement!;
    expect(bar.textContent).toMatch(/Not proved\. coupon-codes v2 hid it and is not known to run, and the independent scan cannot see it/);
    expect(bar.textContent).not.toMatch(/proof/);
    expect(screen.getByText(/coupon-codes, which hid it, no longer runs/)).toBeTruthy();
    expect(screen.getByText('1 not proved')).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: /Not proved 1/ }));
    await waitFor(() => expect(history.location.search).toContain('show=unproved'));
  });

  it('keeps coverage, canary and the next step at hand on a small screen', async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }));
    try {
      const { user } = renderConsole('/redaction');
      const next = () => screen.getByText('Next step');
      expect(await screen.findByText('Next step')).toBeTruthy();
      expect(screen.queryByRole('region', { name: 'Canary' })).toBeNull();
      await user.click(screen.getByRole('radio', { name: 'Canary' }));
      expect(screen.getByRole('region', { name: 'Canary' }) && next()).toBeTruthy();
      await user.keyboard('{ArrowLeft}');
      expect(screen.getByRole('region', { name: 'Coverage by service' }).textContent).toContain('bytes that left in the last minute');
      expect(next()).toBeTruthy();
    } finally { vi.unstubAllGlobals(); vi.stubGlobal('Worker', SilentWorker); }
  });

  it('marks a canary as stale when rules changed since, and runs again', async () => {
    const rule = [...backend.store.rules.values()].find(each => each.state === 'deployed' && each.versions[0]?.document.kind === 'query' && !each.versions[0].text.includes('redact'))!;
    backend.disable(rule);
    const { user } = renderConsole('/redaction');
    const pane = await screen.findByRole('region', { name: 'Canary' });
    expect(await within(pane).findByText(/rules? changed since it ran/)).toBeTruthy();
    await user.click(within(pane).getByRole('button', { name: 'Run again' }));
    await waitFor(() => expect(within(pane).queryByText(/changed since/)).toBeNull());
  });

  it('lists the sources of one bucket alone', async () => {
    const { history, user } = renderConsole('/redaction');
    await user.click(await screen.findByRole('button', { name: /^Busiest/ }));
    await waitFor(() => expect(history.location.search).toMatch(/at=\d+&wide=\d+/));
    const narrowed = await screen.findByRole('button', { name: /\+ 15 s/ });
    const countIn = (row: HTMLElement) => Number(within(row).getAllByRole('cell')[4]!.querySelector('.redact-two > div')?.textContent?.replaceAll(',', ''));
    expect((await rows()).map(countIn).every(count => count > 0 && count < 400)).toBe(true);
    await user.click(narrowed);
    await waitFor(() => expect(history.location.search).not.toContain('at='));
  });

  it('starts a full scan, shows what is left of it and ends it', async () => {
    const { user } = renderConsole('/redaction');
    await user.click(await screen.findByRole('button', { name: 'Full residual scan, 5 min' }));
    expect((await screen.findByText(/Scanning all/)).textContent).toMatch(/4 m|5 m/);
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(await screen.findByRole('button', { name: 'Full residual scan, 5 min' })).toBeTruthy();
    expect(await screen.findByText(/in this range; full scan/)).toBeTruthy();
  });

  it('runs the canary, agent by agent', async () => {
    const { user } = renderConsole('/redaction');
    const pane = await screen.findByRole('region', { name: 'Canary' });
    expect(await within(pane).findByText('30 of 40 stopped')).toBeTruthy();
    expect(pane.textContent).toContain('2 email leaked, though personal-data is meant for them');
    expect(pane.textContent).toContain('4 iban leaked: no rule is meant for it');
    expect(within(pane).getAllByRole('listitem')[0]?.textContent).toMatch(/^exporter default/);
    await user.click(within(pane).getByRole('button', { name: 'Run canary' }));
    expect((await within(pane).findAllByText('running')).length).toBeGreaterThan(1);
    expect(within(pane).getByRole('button', { name: 'Run canary' }).getAttribute('aria-disabled')).toBe('true');
  });

  it('tells nothing found from nothing looked at', async () => {
    const empty = { sources: [], more: 0, fromUnixMs: 0, toUnixMs: 900_000, bucketMs: 15_000 };
    server.use(http.get(api('/sources'), () => HttpResponse.json(empty)));
    renderConsole('/redaction');
    expect(await screen.findByText('Nothing was found in the last 15 min')).toBeTruthy();
    expect(screen.getByText(/A full residual scan looks at them all/)).toBeTruthy();
  });

  it('explains a refusal, and tries again', async () => {
    server.use(http.get(api('/sources'), () => problem(503, 'store-busy', 'The audit is being read from disk', 'Try again in a moment.')));
    const { user } = renderConsole('/redaction');
    expect((await screen.findByText('The audit is being read from disk'))).toBeTruthy();
    server.resetHandlers();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect((await rows()).length).toBeGreaterThan(4);
  });
});

describe('Policy', () => {
  it('shows the deployed policies in order, and leads to their editor', async () => {
    renderConsole('/redaction?tab=policy');
    const table = await screen.findByRole('table', { name: 'Effective policy' });
    const words = within(table).getAllByRole('row').slice(1).map(row => within(row).getAllByRole('cell').map(cell => cell.textContent));
    expect(words[0]?.slice(0, 2)).toEqual(['request-headers v1', 'allow 1']);
    expect(words.find(([policy, place]) => policy === 'personal-data v1' && place === 'entry 3')?.slice(2, 7)).toEqual(['client.address', 'attribute', 'any', 'whole value', 'hash']);
    expect(within(table).getAllByRole('link', { name: 'personal-data v1' })[0]?.getAttribute('href')).toMatch(/^\/rules\/rule-\d+/);
    expect(await within(screen.getByRole('region', { name: 'Sensitive keys' })).findByText('client.address')).toBeTruthy();
    expect(within(screen.getByRole('region', { name: 'Own patterns' })).getByText('customer-number')).toBeTruthy();
  });

  it('says so when none is deployed, and what hides meanwhile', async () => {
    server.use(http.get('*/api/v1/rules', () => HttpResponse.json({ rules: [] })));
    const { history, user } = renderConsole('/redaction?tab=policy');
    expect(await screen.findByText('No policy is deployed')).toBeTruthy();
    await user.click(screen.getAllByRole('button', { name: 'New policy' })[0]!);
    await waitFor(() => expect(history.location.search).toContain('kind=redaction-policy'));
  });
});

describe('Detectors', () => {
  it('finds detectors by their format, and counts what they found', async () => {
    renderConsole('/redaction?tab=detectors');
    fireEvent.change(await screen.findByRole('searchbox', { name: 'Find a detector' }), { target: { value: 'github-token' } });
    const row = (await within(await screen.findByRole('table', { name: 'Source control' })).findAllByRole('row'))[1]!;
    expect(row.textContent).toContain('ghp_');
    await waitFor(() => expect(within(row).getAllByRole('cell').at(-1)?.textContent).toMatch(/^[1-9]/));
  });

  it('marks what it finds in a generated text, and sends it nowhere', async () => {
    const sent: string[] = [];
    const listen = ({ request }: { readonly request: Request }) => { sent.push(`${request.method} ${request.url}`); };
    server.events.on('request:start', listen);
    const { user } = renderConsole('/redaction?tab=detectors');
    const pane = await screen.findByRole('region', { name: 'Try a text' });
    await user.click(within(pane).getByRole('button', { name: 'Generate one' }));
    const marked = await within(pane).findByLabelText('The text with findings marked');
    expect(marked.querySelector('mark')?.getAttribute('title')).toMatch(/github-token, \d+ % sure/);
    expect(sent.filter(line => !line.startsWith('GET '))).toEqual([]);
    server.events.removeAllListeners();
    await user.click(within(pane).getByRole('button', { name: 'Clear' }));
    fireEvent.change(within(pane).getByRole('textbox'), { target: { value: 'order 4711 shipped' } });
    expect(await within(pane).findByText('Nothing is found in it')).toBeTruthy();
  });
});

describe('Suppressions', () => {
  it('lists what is let pass, by whom, and takes it off in one step, with undo', async () => {
    const { user } = renderConsole('/redaction?tab=suppressions');
    const table = await screen.findByRole('table', { name: 'Suppressions' });
    const [, first] = within(table).getAllByRole('row');
    expect(first?.textContent).toContain('Browser versions are read as addresses.');
    expect(first?.textContent).toContain('you, ');
    const before = within(table).getAllByRole('row').length;
    await user.click(within(first!).getByRole('button', { name: /Take it off/ }));
    const dialog = await screen.findByRole('dialog', { name: /^Take entry \d off/ });
    expect(dialog.textContent).toContain('Browser versions are read as addresses.');
    await user.click(within(dialog).getByRole('button', { name: 'Take it off' }));
    await waitFor(() => expect(within(screen.getByRole('table', { name: 'Suppressions' })).getAllByRole('row')).toHaveLength(before - 1));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(within(screen.getByRole('table', { name: 'Suppressions' })).getAllByRole('row')).toHaveLength(before));
  });
});

it('follows a rule that is disabled: its source leaks again', async () => {
  const rule = [...backend.store.rules.values()].find(each => each.versions[0]?.document.name === 'redact-github-tokens')!;
  backend.disable(rule);
  renderConsole('/redaction?find=github');
  await waitFor(async () => expect((await rows())[0]?.getAttribute('aria-label')).toContain('leaking again'));
  const row = (await rows())[0]!;
  expect(row.textContent).toMatch(/leaking again, redact-github-tokens off.*since .*, last /);
  expect(await screen.findByText(/Leaking again since/)).toBeTruthy();
});
