// What actions are told and what bounds are measured by: from text to plan, and what is wrong at its place.
import { describe, expect, it } from 'vitest';
import { checkRule } from '../check/index.ts';
import { languageForTests } from '../testing/language-for-tests.ts';

const language = await languageForTests();
const net = (enter: string, more = '', guard = 'toint(Attributes.depth) > 200') => `weir: 1
kind: state-machine
name: n
initial: idle
states:
  idle:
    on: [{ when: '${guard}', to: stuck }]
  stuck:
    enter:
      - ${enter}
    after: { 5m: idle }
${more}`;
const said = (text: string) => checkRule(text, language).problems.map(({ severity, message, start, end }) => `${severity}: ${message} [${text.slice(start, end)}]`);
function compiled(text: string) {
  const { compiled: made } = checkRule(text, language);
  if (made?.kind !== 'state-machine') throw new Error(`no machine: ${said(text).join('; ')}`);
  return made.machine;
}
const told = (enter: string) => compiled(net(enter)).states[1]!.enter[0]!.parameters;

describe('parameters', () => {
  it('are turned into those of an action request', () => {
    expect(told('{ action: cpu-sample, duration: 10s, hertz: 99, means: perf }')).toEqual({ durationMs: 10_000, hertz: 99, means: 'perf' });
    expect(told('{ action: packet-capture, duration: 1m, filter: "tcp port 80", maxBytes: 8MiB }')).toEqual({ durationMs: 60_000, filter: 'tcp port 80', maxBytes: 8 * 1024 * 1024 });
    expect(told('{ action: memory-dump, maxPause: 2s }')).toEqual({ maxPauseMs: 2000 });
    expect(told('{ action: heap-sample, durationMs: 500, interval: 512KiB }')).toEqual({ durationMs: 500, intervalBytes: 524_288 });
    expect(told('{ action: collect-recorder, recorder: r, last: 5m, key: orders }')).toEqual({ recorder: 'r', lastMs: 300_000, key: 'orders' });
    expect(told('{ action: collect-files, files: ["/etc/app/*.yaml"] }')).toEqual({ files: ['/etc/app/*.yaml'] });
  });

  it('that an action does not know or take are said at their place', () => {
    expect(said(net('{ action: cpu-sample, duration: 10s, recorder: r }'))).toEqual([expect.stringMatching(/^error: cpu-sample knows nothing called recorder\. \[r\]/)]);
    expect(said(net('{ action: cpu-sample, duration: 20m }'))).toEqual([expect.stringMatching(/^error: This is no duration for cpu-sample: .* \[20m\]$/)]);
    expect(said(net('{ action: cpu-sample, duration: 10s, hertz: fast }'))).toEqual([expect.stringMatching(/^error: This is no hertz for cpu-sample: .* \[fast\]$/)]);
    expect(said(net('{ action: start-recorder }'))).toEqual([expect.stringMatching(/^error: start-recorder needs the name of a flight recorder\./)]);
    expect(said(net('{ action: diagnostic-command }'))).toEqual([expect.stringMatching(/^error: diagnostic-command needs command\./)]);
    expect(said(net('{ action: collect-state, duration: 10s }'))).toEqual([expect.stringMatching(/^error: collect-state knows nothing called duration/)]);
  });

  it('leave no time for a timer that leads nowhere', () => {
    expect(said(net('{ action: collect-state }').replace('5m: idle', '0s: idle'))).toEqual([expect.stringMatching(/^error: 0s is too short/)]);
  });
});

describe('measured bounds', () => {
  const guard = 'toint(Attributes.depth) > trained("depth", 200)';
  const train = (text: string) => net('{ action: collect-state }', `train: { ${text} }\n`, guard);

  it('are read from their text, and guards may use them', () => {
    const [one] = compiled(train(`depth: 'p99 over 7d by ServiceName, Attributes["queue.name"]'`)).train!;
    expect(one).toMatchObject({ name: 'depth', percentile: 99, overNanos: String(7n * 86_400_000_000_000n), adopted: false, by: [{ text: 'ServiceName', expr: { k: 'column', name: 'ServiceName' } }, { text: 'Attributes["queue.name"]', expr: { k: 'member' } }] });
    expect(one!.value).toEqual({ k: 'call', type: 'real', fn: 'todouble', args: [{ k: 'member', type: 'dynamic', base: { k: 'column', type: 'dynamic', name: 'Attributes' }, key: { k: 'literal', type: 'string', value: 'depth' } }] });
    expect(compiled(train('depth: p99.9 over 12h by ServiceName adopted')).train).toMatchObject([{ percentile: 99.9, adopted: true, by: [{ text: 'ServiceName' }] }]);
    expect(compiled(train('depth: p50 over 1h')).train).toMatchObject([{ by: [], adopted: false }]);
    expect(compiled(train('depth: p50 over 1h adopted')).train).toMatchObject([{ by: [], adopted: true }]);
  });

  it('name a column where there is one of numbers', () => {
    expect(compiled(`${train('depth: p50 over 1h')}`.replace('train: {', 'train: { SeverityNumber: p90 over 1d,')).train![0]!.value).toMatchObject({ args: [{ k: 'column', name: 'SeverityNumber' }] });
  });

  it('that cannot be are said at their place', () => {
    expect(said(train('depth: usually 200'))).toEqual(['error: A measured bound is a percentile over a time. [usually 200]']);
    expect(said(train('depth: p99 over 1s'))).toEqual([expect.stringMatching(/^error: 1s is no time to measure a bound over/)]);
    expect(said(train('depth: p99 over 7d by nope('))).toEqual([expect.stringMatching(/^error: /)]);
    expect(said(train('other: p99 over 7d'))).toEqual([expect.stringMatching(/^error: trained\("depth"\) has nothing to go by/)]);
    expect(said(net('{ action: collect-state }', 'train: { depth: p99 over 1d }\n', 'toint(Attributes.depth) > trained("depth")'))).not.toEqual([]);
    expect(said(net('{ action: collect-state }', 'train: { depth: p99 over 1d }\n', 'toint(Attributes.depth) > trained("depth", todouble(Attributes.x))'))).toEqual([expect.stringMatching(/^error: trained\(\) needs a number/)]);
  });
});
