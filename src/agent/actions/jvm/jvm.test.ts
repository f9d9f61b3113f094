import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { actionsHere, temporaryFolder } from '../testing/actions-here.ts';
import { has, startTarget } from '../testing/targets.ts';
import { foldJfr } from './fold-jfr.ts';

vi.setConfig({ testTimeout: 180_000 });

const program = 'public class Busy { static double weirHot() { double x = 0; for (int i = 0; i < 1000000; i++) x += Math.sqrt(i); return x; } public static void main(String[] a) { System.out.println("ready"); while (true) weirHot(); } }';

it.skipIf(!has('java') || !has('jcmd') || !has('jfr'))('gives folded stacks and a heap dump of a JVM', async () => {
  const file = join(temporaryFolder(), 'Busy.java');
  writeFileSync(file, program);
  const [here, target] = [await actionsHere(), await startTarget('java', [file])];
  const sample = await here.run('cpu-sample', { pid: target.pid }, { durationMs: 1000 });
  expect(sample.why).toBeNull();
  expect(here.text(sample.artifacts[0]?.name ?? '')).toMatch(/;Busy\.weirHot\(\) \d+$/m);
  const dump = await here.run('memory-dump', { pid: target.pid });
  expect(dump.why).toBeNull();
  expect(here.bytes(dump.artifacts[0]?.name ?? '').toString('latin1', 0, 12)).toBe('JAVA PROFILE');
});

it('folds what jfr prints, leaf last, wherever the chunks are cut', () => {
  const text = 'jdk.ExecutionSample {\n  stackTrace = [\n    A.leaf() line: 3\n    A.main(String[]) line: 1\n    ...\n  ]\n}\n\n'.repeat(2);
  for (let cut = 1; cut < text.length; cut += 7) {
    const fold = foldJfr();
    fold.add(Buffer.from(text.slice(0, cut)));
    fold.add(Buffer.from(text.slice(cut)));
    expect(fold.end()).toEqual({ samples: 2, text: 'A.main(String[]);A.leaf() 2\n' });
  }
});
