// A Vitest reporter: names the tests that passed at the second try only, as the browser's tests are named. They hold nobody up, and are to be mended.
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');

export default class SecondTry {
  #names = [];

  onTestCaseResult(test) { if (test.diagnostic()?.flaky) this.#names.push(`${relative(root, test.module.moduleId)}: ${test.fullName}`); }

  onTestRunEnd() { if (process.env.WEIR_SECOND_TRY) writeFileSync(process.env.WEIR_SECOND_TRY, JSON.stringify(this.#names)); }
}
