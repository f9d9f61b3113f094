// What a person does with a secret in the tail: stop the list, open the record, select the text with the mouse.
import { expect, type Locator, type Page } from 'playwright/test';

/** The form of the token that the demo makes up. */
export const tokenPattern = /ghp_[A-Za-z0-9]{36}/;

export const detailOf = (page: Page): Locator => page.getByRole('region', { name: 'Record detail' });
export const pauseTail = (page: Page): Promise<void> => page.getByRole('button', { name: /Pause/ }).click();

/** Of the first record that says so. */
export async function openRecord(page: Page, says: RegExp): Promise<void> {
  const record = page.getByRole('grid', { name: /Records/ }).getByRole('row').filter({ hasText: says }).first();
  await expect(record).toBeVisible();
  await record.click();
  await expect(detailOf(page).getByRole('button', { name: 'Redact' })).toBeVisible();
}

/**
 * Drags the mouse over the first match in a value within `where`, also over several lines; answers what is selected. A drag
 * that met a page still settling (the banner of a paused list moves what stands below) is made again, as a hand does.
 */
export async function selectText(page: Page, where: Locator, pattern: RegExp): Promise<string> {
  await expect(where.locator('[data-redact-name]').filter({ hasText: pattern }).first()).toBeVisible();
  let text = '';
  await expect(async () => {
    const ends = await endsOf(where, pattern);
    await page.mouse.move(ends.from.left + 1, ends.from.middle);
    await page.mouse.down();
    await page.mouse.move(ends.to.right - 1, ends.to.middle, { steps: 4 });
    await page.mouse.up();
    expect(await page.evaluate(() => String(getSelection()).replaceAll('\n', ''))).toBe(ends.text);
    text = ends.text;
  }).toPass();
  return text;
}

interface LineEnds { readonly left: number; readonly right: number; readonly middle: number }

/** Where the first match stands on the screen, its first and its last line. */
async function endsOf(where: Locator, pattern: RegExp): Promise<{ readonly text: string; readonly from: LineEnds; readonly to: LineEnds }> {
  const ends = await where.evaluate((root, source) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const match = node.parentElement?.closest('[data-redact-name]') ? new RegExp(source).exec(node.textContent ?? '') : null;
      if (match === null) continue;
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const lines = [...range.getClientRects()].map(({ left, right, top, bottom }) => ({ left, right, middle: (top + bottom) / 2 }));
      return { text: match[0], from: lines[0]!, to: lines.at(-1)! };
    }
    return null;
  }, pattern.source);
  if (ends === null) throw new Error(`No value there has ${pattern.source}.`);
  return ends;
}
