// How long a keystroke in a rule of forty lines takes: each call on a text that was never seen before, after warm-up, and the whole round
// that an editor asks for (compile, tokens, completion, hover, signature) on one text. Prints one JSON line. Goal: under 50 ms a call.
import { cpus } from 'node:os';
import { languageForTests } from './kusto-for-tests.ts';
import type { LiveField } from '../language.ts';

const kql = await languageForTests();
const warmUp = 30;
const measured = 60;
const fields: readonly LiveField[] = Array.from({ length: 200 }, (_, i) => ({ name: `app.field.${i}`, column: 'Attributes', type: 'string', presence: i / 200, distinct: i, examples: ['a', 'b', 'c'] }));

const middle = Array.from({ length: 17 }, (_, i) => `| extend route${i} = tostring(Attributes["http.route${i}"]), kind${i} = iff(SeverityNumber > ${i}, "high", tostring(field${i}))\n| where route${i} startswith "/api/${i}" or kind${i} in ("high", "low")`);
const lines = ['Logs', '| where EventName == "@" and ServiceName has "cart" // the noisy one', ...middle, '| summarize N = count(), P = percentile(toreal(Attributes.depth), 95) by ServiceName, bin(Timestamp, 10s)', '| extend Share = P / N', '| where N > 3', '| invoke to_metric("app.depth", unit="1")'];
const text = lines.join('\n');
let edits = 0;
/** Each edit gives a text that no cache knows. */
const edited = (): string => text.replace('@', `event${edits++}`);
const at = text.indexOf('| where N') + 8;

interface Figures { readonly median: number; readonly p95: number; readonly cpuMedian: number }

/** Milliseconds by the clock, and of this thread's processor time: on a machine that others use the clock says more about them. */
function medianMs(ask: (text: string) => unknown): Figures {
  const times: number[] = [];
  const cpu: number[] = [];
  for (let i = 0; i < warmUp + measured; i++) {
    const next = edited();
    const [start, before] = [performance.now(), process.threadCpuUsage()];
    ask(next);
    const { user, system } = process.threadCpuUsage(before);
    if (i < warmUp) continue;
    times.push(performance.now() - start);
    cpu.push((user + system) / 1000);
  }
  return { median: share(times, 0.5), p95: share(times, 0.95), cpuMedian: share(cpu, 0.5) };
}

function share(values: readonly number[], part: number): number { return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length * part)]! * 10) / 10; }

const calls = {
  compile: medianMs((next) => kql.compile(next, { mode: 'rule' })), complete: medianMs((next) => kql.complete(next, at + next.length - text.length, 'rule', fields)), hover: medianMs((next) => kql.hover(next, next.lastIndexOf('kind9') + 1, 'rule', fields)),
  tokens: medianMs((next) => kql.tokens(next, 'rule')), signature: medianMs((next) => kql.signature(next, next.indexOf('percentile(') + 12, 'rule')), format: medianMs((next) => kql.format(next)),
  round: medianMs((next) => [kql.compile(next, { mode: 'rule' }), kql.tokens(next, 'rule'), kql.complete(next, at + next.length - text.length, 'rule', fields), kql.hover(next, next.lastIndexOf('kind9') + 1, 'rule', fields), kql.signature(next, at, 'rule')]),
};
console.log(JSON.stringify({
  bench: 'kql-editing', lines: text.split('\n').length, milliseconds: calls, goal: { medianMsPerCall: 50 },
  met: [calls.compile, calls.complete, calls.hover, calls.tokens].every(({ median }) => median < 50), machine: `${cpus()[0]?.model ?? 'unknown'} x${cpus().length}, Node ${process.version}`,
}));
