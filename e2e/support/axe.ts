// axe-core on the page as it stands: every violation as one line with the places it is found at.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright/test';

interface Violation { readonly id: string; readonly impact: string | null; readonly help: string; readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[] }

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Empty when the page passes WCAG 2.2 A and AA and axe's best practices. */
export async function violationsOf(page: Page): Promise<string[]> {
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(source);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: unknown }> } };
    return (await axe.run({ resultTypes: ['violations'] })).violations as Violation[];
  });
  return violations.flatMap(({ id, impact, help, nodes }) => nodes.slice(0, 5).map(({ target, failureSummary }) => `${id} (${impact}): ${help} — ${target.join(' ')} — ${(failureSummary ?? '').replaceAll(/\s+/g, ' ')}`));
}
