// Scripts made to hurt: the agent turns each off within two seconds and says why, and every record goes on downstream. One of them is
// written and deployed in the browser.
import { expect, test } from 'playwright/test';
import { violationsOf } from './support/axe.ts';
import { forwardingStack } from './support/forwarding-stack.ts';
import { onThisMachine } from './support/patience.ts';
import { applied, deploy, nameRule, openConsole, save, step, writeText } from './support/rule-editor.ts';
import { sendLogs } from './support/sender.ts';
import { until, type Stack } from './support/stack.ts';

interface Disabled { readonly kind: string; readonly reason: string; readonly atUnixMs: number }
interface AgentView { readonly status: { readonly rules: readonly { readonly id: string; readonly name?: string; readonly disabled?: Disabled | null }[] } | null }

let stack: Stack;
const sink = forwardingStack((started) => { stack = started; });

/** Sends until the agent says that the rule is off; the time is from when it had the first records to the end of the rule, by two clocks of one machine. */
async function sendUntilOff(id: string, event: string): Promise<{ readonly sent: number; readonly withinMs: number; readonly disabled: Disabled }> {
  let startMs = 0;
  for (let sent = 200; ; sent += 200) {
    await sendLogs(stack, 'http-protobuf', event, 200);
    startMs ||= Date.now();
    const { agents: [agent] } = await stack.api<{ agents: AgentView[] }>('/agents');
    const disabled = agent?.status?.rules.find((rule) => rule.id === id)?.disabled;
    if (disabled) return { sent, disabled, withinMs: disabled.atUnixMs - startMs };
    if (Date.now() - startMs > 20_000) throw new Error(`The rule still runs after ${sent} records.`);
  }
}

const attacks: readonly (readonly [string, string, RegExp])[] = [
  ['endless-loop', 'while (true) {}', /steps|instructions|time|ms/],
  ['gigabyte', 'new Uint8Array(2 ** 30);', /memory|MiB/],
  ['recursion', 'const down = (n) => down(n + 1) + 1; down(0);', /stack|recursion/i],
];

for (const [name, script, reason] of attacks) {
  test(`${name}: off within two seconds, every record arrives`, async () => {
    const { id } = await stack.api<{ id: string }>('/rules', { method: 'POST', body: JSON.stringify({ document: { kind: 'language', name, javascript: `function onRecord(record, weir) { ${script} }`, when: `EventName == "${name}"`, budget: { cpu: '100%' } } }) });
    await stack.api(`/rules/${id}/deploy`, { method: 'POST', body: JSON.stringify({ version: 1 }) });
    await applied(stack, name);
    const { sent, withinMs, disabled } = await sendUntilOff(id, name);
    expect(disabled).toMatchObject({ kind: expect.stringMatching(/^(sandbox|memory)$/), reason: expect.stringMatching(reason) });
    expect(withinMs).toBeLessThan(onThisMachine(2000));
    await until('every record arrives', () => sink.count(name) === sent);
  });
}

test('an attack on prototypes stays in its sandbox: the rule is off, and another script is as it was', async () => {
  const put = async (name: string, javascript: string): Promise<string> => {
    const { id } = await stack.api<{ id: string }>('/rules', { method: 'POST', body: JSON.stringify({ document: { kind: 'language', name, javascript, when: 'EventName == "Proto"' } }) });
    await stack.api(`/rules/${id}/deploy`, { method: 'POST', body: JSON.stringify({ version: 1 }) });
    await applied(stack, name);
    return id;
  };
  const hostile = await put('prototypes', 'function onRecord(record, weir) { for (const P of [Object, Array, Function, String, Map]) Object.defineProperty(P.prototype, "constructor", { get() { throw new Error("caught you"); } }); Object.prototype.EventName = "Stolen"; Array.prototype[Symbol.iterator] = null; weir.metric.constructor("return process")().exit(1); }');
  await put('innocent', 'function onRecord(record, weir) { weir.metric("proto.seen", [...[1]].length, { is: ({}).EventName ?? "clean" }); }');
  const { sent, withinMs, disabled } = await sendUntilOff(hostile, 'Proto');
  expect(disabled.kind).toBe('sandbox');
  expect(withinMs).toBeLessThan(onThisMachine(2000));
  await until('every record arrives', () => sink.count('Proto') === sent);
  // It may rest within its own budget, which is another matter; what it counts is as it was.
  await until('the other script goes on', () => (sink.sums.get('proto.seen') ?? 0) > 0);
  expect(new Set(sink.pointsOf('proto.seen').map(({ attributes }) => attributes['is']))).toEqual(new Set(['clean']));
});

test('written in the browser: a script that never ends is turned off, and the page says why', async ({ page }) => {
  const faults = await openConsole(page, stack, '/rules/new?kind=language');
  await nameRule(page, 'spinning');
  await writeText(page, 'function onRecord(record, weir) {\n  while (true) {}\n}\n');
  await expect(step(page, 'Valid')).toContainText('0 errors');
  expect(await violationsOf(page)).toEqual([]);
  await save(page);
  await deploy(page, stack, 'spinning');
  const id = new URL(page.url()).pathname.split('/').at(-1)!;
  const { sent } = await sendUntilOff(id, 'QueueDepth');
  await expect(step(page, 'Deployed')).toContainText('was ended by its sandbox on 1 agent: one call did not come to an end');
  await expect(step(page, 'Dry run'), 'the same sandbox in the page').toContainText('an agent would turn it off');
  await until('every record arrives', () => sink.count('QueueDepth') === sent);
  expect(faults).toEqual([]);
});
