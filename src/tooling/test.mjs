// `npm test`: type check, lint with layer rules, unit and property tests, then the browser tests against the real
// `weir up`. What only reads the source runs side by side. Every step runs even when an earlier one failed; the last line counts them all.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { findChromium } from './chromium.mjs';
import { buildConsoleIfStale } from './console-build.mjs';

const root = join(import.meta.dirname, '../..');
const reports = { unit: join(tmpdir(), `weir-unit-${process.pid}.json`), e2e: join(tmpdir(), `weir-e2e-${process.pid}.json`), secondTry: join(tmpdir(), `weir-second-try-${process.pid}.json`) };
const bin = (path) => join(root, 'node_modules', path);
const results = [];

const options = (env) => ({ cwd: root, env: { ...process.env, ...env } });

function ended(name, mend, passed) {
  if (!passed) console.log(`${name} failed. Again, alone: ${mend}`);
  results.push({ name, passed });
}

function step(name, mend, args, env = {}) {
  console.log(`\n── ${name}`);
  const run = spawnSync(process.execPath, args, { ...options(env), stdio: ['ignore', 'inherit', 'inherit'] });
  ended(name, mend, run.status === 0);
}

/** A step beside others: what it says is kept, and printed in one piece when it is its turn. */
function begin(name, mend, args) {
  const said = [];
  const child = spawn(process.execPath, args, { ...options(), stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { said.push(chunk); });
  const closed = new Promise((resolve) => {
    child.on('error', (error) => { said.push(Buffer.from(`${error.message}\n`)); resolve(null); });
    child.on('close', resolve);
  });
  return async () => {
    const code = await closed;
    console.log(`\n── ${name}`);
    process.stdout.write(Buffer.concat(said));
    ended(name, mend, code === 0);
  };
}

/** Adds a report's own counts to the total; a report that is missing or counts no test is a failure. */
function counts(name, file, read) {
  try {
    const { passed, failed, skipped, names = [] } = read(JSON.parse(readFileSync(file, 'utf8')));
    rmSync(file, { force: true });
    return passed + failed > 0 ? { passed, failed, skipped, names } : { passed: 0, failed: 1, skipped, names };
  } catch {
    console.log(`${name}: no report was written.`);
    return { passed: 0, failed: 1, skipped: 0, names: [] };
  }
}

/** File, test and the first line of the error, of all that failed in one file: a log is often read from its end. */
function failuresOf({ name, status, message, assertionResults }) {
  const firstLine = (text = '') => text.split('\n', 1)[0];
  const failed = assertionResults.filter((one) => one.status === 'failed').map((one) => `${relative(root, name)}: ${one.fullName}: ${firstLine(one.failureMessages?.[0])}`);
  return failed.length > 0 || status !== 'failed' ? failed : [`${relative(root, name)}: ${firstLine(message)}`];
}

/** Unit tests that failed and then passed; none when no report was written, which is a failure already. */
function secondTries() {
  try {
    const names = JSON.parse(readFileSync(reports.secondTry, 'utf8'));
    rmSync(reports.secondTry, { force: true });
    return names;
  } catch { return []; }
}

/** Tests of the browser that failed and then passed. */
function flakyOf({ specs = [], suites = [] }) {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ file, title }) => `${file}: ${title}`);
  return [...own, ...suites.flatMap(flakyOf)];
}

const checks = [
  begin('Type check', 'npx tsc -p tsconfig.json', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json']),
  begin('Type check of the pure layers', 'npx tsc -p src/tsconfig.pure.json', [bin('typescript/bin/tsc'), '-p', 'src/tsconfig.pure.json']),
  begin('Lint and layer rules', 'npx oxlint', [bin('oxlint/bin/oxlint'), '--deny-warnings']),
];
for (const check of checks) await check();
step('Unit and property tests', 'npx vitest run', [bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reports.unit}`, '--reporter=./src/tooling/second-try.mjs'], { WEIR_SECOND_TRY: reports.secondTry });

const chromium = await findChromium();
const built = chromium && buildConsoleIfStale(root, spawnSync);
if (built) step('Browser tests on the real stack', 'npx playwright test', [bin('playwright/cli.js'), 'test'], { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: reports.e2e });
else results.push({ name: 'Browser tests on the real stack', passed: false });

const unit = counts('Unit tests', reports.unit, (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests + report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length, skipped: report.numPendingTests + report.numTodoTests, names: report.testResults.flatMap(failuresOf) }));
const e2e = counts('Browser tests', reports.e2e, (report) => ({ passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected, skipped: report.stats.skipped, names: report.suites.flatMap(flakyOf) }));
const checked = results.filter((one) => /Type|Lint/.test(one.name));
const failedSteps = results.filter((one) => !one.passed);
if (unit.names.length > 0) console.log(`\nFailed:\n${unit.names.join('\n')}`);
const late = [...secondTries(), ...e2e.names];
if (late.length > 0) console.log(`\nPassed at the second try only, to be mended:\n${late.join('\n')}`);
console.log(`\n${results.map((one) => `${one.passed ? 'ok  ' : 'FAIL'} ${one.name}`).join('\n')}\n`);
const passed = unit.passed + e2e.passed + checked.filter((one) => one.passed).length;
const failed = Math.max(unit.failed + e2e.failed + checked.filter((one) => !one.passed).length, failedSteps.length);
console.log(`${passed} passed, ${failed} failed, ${unit.skipped + e2e.skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
