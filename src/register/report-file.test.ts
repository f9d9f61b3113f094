import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { InProcessReport } from '../model/index.ts';
import { ReportFile } from './report-file.ts';

it('each thread has a file of its own, also of the same pid in two containers, and says again that it runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-report-'));
  onTestFinished(() => { rmSync(folder, { recursive: true }); });
  const reports = join(folder, 'reports');
  mkdirSync(reports);
  const [one, other] = [new ReportFile(join(folder, 'rules.json')), new ReportFile(join(folder, 'rules.json'))];
  const report = (atUnixMs: number): InProcessReport => ({ version: 1, pid: 7, thread: 0, node: 'v26', service: 's', startedUnixMs: 5, atUnixMs, ended: false, problem: '', cpuShare: 0, minSeverity: 0, counts: [], rules: [], hidden: [] });
  const times = (): number[] => readdirSync(reports).map((name) => (JSON.parse(readFileSync(join(reports, name), 'utf8')) as InProcessReport).atUnixMs).toSorted((a, b) => a - b);
  one.write(report(100_000));
  other.write(report(100_001));
  expect(times()).toEqual([100_000, 100_001]);
  one.write(report(102_000));
  expect(times()).toEqual([100_000, 100_001]);
  one.write(report(116_000));
  expect(times()).toEqual([100_001, 116_000]);
});
