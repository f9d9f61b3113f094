// CPU of an app per log record that a rule in its process drops, beside one that the standard SDK emits, batches, encodes and exports
// with no Weir in the process. Also what records cost that rules let pass, and that a policy over all detectors looks at. Each case is a
// process of its own that exports to this one; median of five runs. Prints one JSON line. Goal: a dropped record costs at least 10 times less.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AgentRuleInput } from '../model/index.ts';
import { attr, call, col, lit, plan, rule, where } from '../testing/index.ts';

const goal = 10;
const folder = mkdtempSync(join(tmpdir(), 'weir-register-bench-'));
const server = createServer((request, response) => { request.resume(); request.on('end', () => { response.writeHead(200).end(); }); });
await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const dropNoise = rule('noise', plan('Logs', [where(call('==', col('EventName'), lit('noise'))), where(call('>=', call('toint', attr('http.response.status_code')), lit(200)))], { sink: 'drop' }));
const others = Array.from({ length: 9 }, (_, i) => rule(`other-${i}`, plan('Logs', [where(call('==', col('EventName'), lit(`other-${i}`)))], { sink: 'drop' }), 10 + i));
const policy: AgentRuleInput = { id: 'p', name: 'p', version: 1, order: 1, plan: null, policy: {} };

/** Microseconds of CPU per record. */
async function micros(name: string, rules: readonly AgentRuleInput[] | null, event: string, rounds: number): Promise<number> {
  const path = join(folder, `${name}.json`);
  if (rules !== null) writeFileSync(path, JSON.stringify({ version: 1, rules }), { mode: 0o600 });
  const preload = rules === null ? [] : ['--import', pathToFileURL(join(import.meta.dirname, 'register.ts')).href];
  const child = spawn(process.execPath, [...preload, join(import.meta.dirname, 'testing/apps/bench.cjs')], { env: { ...process.env, TEST_ENDPOINT: endpoint, TEST_EVENT: event, TEST_ROUNDS: String(rounds), ...(rules !== null && { WEIR_RULES: path }) }, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  for await (const chunk of child.stdout) out += String(chunk);
  return Number(JSON.parse(out));
}

const emitted = await micros('plain', null, 'noise', 10);
const dropped = await micros('drop', [dropNoise], 'noise', 100);
const droppedAmongTen = await micros('drop-of-ten', [...others, { ...dropNoise, order: 100 }], 'noise', 60);
const droppedBesideRedaction = await micros('drop-redact', [policy, dropNoise], 'noise', 60);
const passed = await micros('passed', [...others], 'noise', 10);
const redacted = await micros('redacted', [policy], 'noise', 10);
server.close();
server.closeAllConnections();
rmSync(folder, { recursive: true, force: true });

const round = (figure: number): number => Number(figure.toFixed(2));
console.log(JSON.stringify({
  bench: 'register', figure: round(emitted / dropped), unit: 'times cheaper to drop than to emit', goal, met: emitted / dropped >= goal,
  microsPerRecord: { emitted: round(emitted), dropped: round(dropped), droppedByTheLastOfTenRules: round(droppedAmongTen), droppedWithAPolicyInForce: round(droppedBesideRedaction), passedByTenRules: round(passed), passedByAPolicyOverAllDetectors: round(redacted) },
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version },
}));
