// Pictures for the README, taken only when asked for (WEIR_SCREENSHOTS=1): an ordinary test run changes no file of the repository.
import type { Page } from 'playwright/test';

export async function shoot(page: Page, name: 'overview' | 'tail' | 'rule' | 'cost'): Promise<void> {
  if (process.env['WEIR_SCREENSHOTS'] !== '1') return;
  await page.screenshot({ path: `e2e/screenshots/${name}.png` });
}
