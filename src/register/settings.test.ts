import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inProcessFolder, inProcessRulesFile } from '../model/index.ts';
import { asksForAnything } from './asks-for-anything.ts';
import { lineAtStart } from './at-start.ts';
import { environmentResource } from './environment-resource.ts';
import { Levels } from './levels.ts';
import { Meter } from './meter.ts';
import { RulesFile } from './rules-file.ts';
import { readSettings } from './settings.ts';
import { verboseUntil } from './verbose-file.ts';

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-register-'));
  said = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => { said.push(String(text)); return true; });
});
afterEach(() => { vi.restoreAllMocks(); rmSync(folder, { recursive: true, force: true }); });

describe('settings', () => {
  it('nothing asked for is null', () => { expect(readSettings({})).toBeNull(); });
  it('the rules are where WEIR_RULES says, or in the data of the agent', () => {
    expect(readSettings({ WEIR_RULES: '/a/r.json', WEIR_DATA: '/d' })?.rulesPath).toBe('/a/r.json');
    expect(readSettings({ WEIR_DATA: '/d' })?.rulesPath).toBe(`/d/agent/${inProcessFolder}/${inProcessRulesFile}`);
  });
  it('the data may be named by the folder of the agent, whether it is there yet or not', () => {
    const [data, agent] = [join(folder, 'data'), join(folder, 'data/agent')];
    const rules = `${agent}/${inProcessFolder}/${inProcessRulesFile}`;
    const both = (): unknown[] => [data, agent].map((path) => readSettings({ WEIR_DATA: path })?.rulesPath);
    expect(both()).toEqual([rules, rules]);
    mkdirSync(join(agent, inProcessFolder), { recursive: true });
    expect(both()).toEqual([rules, rules]);
    const renamed = join(folder, 'elsewhere');
    mkdirSync(join(renamed, inProcessFolder), { recursive: true });
    expect(readSettings({ WEIR_DATA: renamed })?.rulesPath).toBe(`${renamed}/${inProcessFolder}/${inProcessRulesFile}`);
  });
  it.each([['warn', 13], ['INFO', 9], ['7', 7], ['loud', 0], ['25', 0]])('WEIR_MIN_SEVERITY=%s is %i', (text, number) => {
    expect(readSettings({ WEIR_MIN_SEVERITY: text })?.minSeverity).toBe(number);
    expect(said.length).toBe(number === 0 ? 1 : 0);
  });
  it.each([['5%', 0.05], ['0.5 %', 0.005], ['0.5', 0.05], ['200%', 0.05]])('a CPU share of %s is %f', (text, share) => {
    expect(readSettings({ WEIR_DATA: '/d', WEIR_IN_PROCESS_CPU_SHARE: text })?.cpuShare).toBe(share);
  });
  it('reads the resource of the environment', () => {
    expect(environmentResource({ OTEL_SERVICE_NAME: 'shop', OTEL_RESOURCE_ATTRIBUTES: 'service.name=x,a=b%20c, d = e,broken,f=%zz' })).toEqual({ 'service.name': 'shop', a: 'b c', d: 'e', f: '%zz' });
  });
});

describe('the line at start', () => {
  const withApi = join(import.meta.dirname, 'testing/apps/app.cjs');
  const line = (env: Readonly<Record<string, string>>, script = withApi): string => lineAtStart(readSettings(env), env, script);
  it('says what is missing, one thing after another', () => {
    const data = join(folder, 'data');
    expect(line({})).toContain('neither WEIR_DATA');
    expect(line({ WEIR_DATA: data })).toContain(`WEIR_DATA=${data} is not there`);
    mkdirSync(data);
    expect(line({ WEIR_DATA: data })).toContain(`no agent has run with WEIR_DATA=${data}`);
    mkdirSync(join(data, 'agent', inProcessFolder), { recursive: true });
    expect(line({ WEIR_DATA: data })).toContain('no rules yet');
    const path = join(data, 'agent', inProcessFolder, inProcessRulesFile);
    writeFileSync(path, '{"version":1,"rules":[]}');
    expect(line({ WEIR_DATA: data })).toBe(`no rule is for this place yet (location in-process); ${path} is watched. (WEIR_QUIET=1 hides this line.)`);
    writeFileSync(path, '{"version":1,"rules":[{}]}');
    expect(line({ WEIR_DATA: join(data, 'agent'), WEIR_MIN_SEVERITY: 'info' })).toMatch(/^1 rule of .*rules\.json, put to log records and spans .*; log records below severity 9 are dropped\. /);
    expect(line({ WEIR_RULES: join(folder, 'r.json') })).toContain('r.json is not there');
  });
  it('says that there is no OpenTelemetry, and is one line, or none when nobody wants it', () => {
    expect(line({ WEIR_DATA: folder }, join(folder, 'app.js'))).toContain(`no @opentelemetry/api is found from ${folder}/app.js`);
    expect(line({ WEIR_DATA: folder })).not.toContain('opentelemetry');
    const settings: readonly Readonly<Record<string, string>>[] = [{}, { WEIR_DATA: folder }];
    for (const env of settings) expect([line(env).includes('\n'), line({ ...env, WEIR_QUIET: '1' }), line({ ...env, WEIR_QUIET: '0' })]).toEqual([false, '', line(env)]);
  });
});

describe('the rules file', () => {
  const path = (): string => join(folder, 'rules.json');
  it('is read when it changed, and is nothing while it is not there', () => {
    const file = new RulesFile(path());
    expect(file.changed()).toBeNull();
    writeFileSync(path(), '{"version":1,"rules":[]}', { mode: 0o600 });
    expect(file.changed()).toMatchObject({ ok: true, value: { rules: [], minSeverity: 0 } });
    expect(file.changed()).toBeNull();
  });
  it.each([['{', 0o600, 'cannot be read'], ['{"version":2,"rules":[]}', 0o600, 'malformed at version'], ['{"version":1,"rules":[]}', 0o666, 'Others than its owner']])('%s with mode %i is refused', (text, mode, message) => {
    const before = process.umask(0);
    try { writeFileSync(path(), text, { mode }); } finally { process.umask(before); }
    expect(new RulesFile(path()).changed()).toMatchObject({ ok: false, error: { message: expect.stringContaining(message) } });
  });
});

it('a file that asks for nothing is told from one that does', () => {
  const path = join(folder, 'rules.json');
  const says = (text: string): boolean => { writeFileSync(path, text); utimesSync(path, at, at++); return asksForAnything(path); };
  let at = 1000;
  expect(asksForAnything(path)).toBe(false);
  expect(['{"rules":[]}', '{"rules":[],"minSeverity":0}', '{"rules":[{}]}', '{"rules":[],"minSeverity":9}', '{'].map(says)).toEqual([false, false, true, true, true]);
});

describe('the signal file', () => {
  it.each([['', 60], ['30', 30], ['99999', 3600], ['soon', 0], ['-1', 0], ['1'.repeat(100), 0]])('%s opens for %i seconds', (text, seconds) => {
    const path = join(folder, 'verbose');
    expect(verboseUntil(path)).toBe(0);
    writeFileSync(path, text);
    utimesSync(path, 1000, 1000);
    expect(verboseUntil(path)).toBe(seconds === 0 ? 0 : 1_000_000 + seconds * 1000);
  });
});

it('a level opens until the moment that its valve names, and not after', () => {
  let nowMs = 0;
  const levels = new Levels(() => nowMs);
  levels.minSeverity = 9;
  levels.setValves([{ id: 'v', severityNumber: 5, untilUnixMs: 100, service: null, pid: null }, { id: 'w', severityNumber: 1, untilUnixMs: 1000, service: null, pid: 2 }], 1);
  const below = (number: unknown): boolean => levels.isBelow(number, () => 'shop');
  expect([below(5), below(4), below(9), below(undefined), below(0)]).toEqual([false, true, false, false, false]);
  nowMs = 100;
  expect(below(5)).toBe(true);
});

describe('the meter', () => {
  function made(running: number | null) {
    let nowMs = 0;
    const meter = new Meter(0.05, { nowMs: () => nowMs, usage: () => ({ activeMs: nowMs, cpuMs: running === null ? null : nowMs * running }) });
    const second = (costMs: number): boolean => {
      for (let i = 0; i < 16; i++) { const began = meter.begin(); if (began === began) nowMs += costMs; meter.end(began); }
      nowMs += 1000;
      return meter.judge();
    };
    return { meter, second };
  }
  it('turns nothing off for a pause in one second, and does for three seconds past the bound', () => {
    const { meter, second } = made(null);
    expect([second(10), second(0), second(10), second(10), second(0)]).toEqual([false, false, false, false, false]);
    expect([second(10), second(10), second(10)]).toEqual([false, false, true]);
    expect(meter.judge()).toBe(false);
  });
  it('holds against no rule what the thread waited for a core', () => {
    const { meter, second } = made(0.25);
    expect([second(10), second(10), second(10)]).toEqual([false, false, false]);
    expect(meter.share).toBeCloseTo(0.04, 2);
  });
});
