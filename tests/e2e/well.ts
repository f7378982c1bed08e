// A screen that is well: nothing for axe to find, nothing cut off or scrolled sideways, no GUID.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { expectNoGuid } from './guids.ts';

/** Goes on after a fault, so that one run names every screen that has one. */
export async function expectWell(page: Page, screen: string): Promise<void> {
  const found = await new AxeBuilder({ page }).analyze();
  const said = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n  ')}`);
  expect.soft(said, screen).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(wide, `${screen}: wider than its window`).toBeLessThanOrEqual(0);
  const sideways = await page.evaluate(() => {
    const scrolls = (element: Element) =>
      element.scrollWidth > element.clientWidth && /auto|scroll/.test(getComputedStyle(element).overflowX);
    return [...document.querySelectorAll('*')].filter(scrolls).map((element) => element.className);
  });
  expect.soft(sideways, `${screen}: scrolls sideways`).toEqual([]);
  const cut = await page.evaluate(() => {
    const end = (element: Element) => element.getBoundingClientRect().right;
    const isCut = (number: Element) => end(number) > end(number.closest('.row-detail')!) + 1;
    return [...document.querySelectorAll('.row-value-whole')].filter(isCut).map((element) => element.textContent);
  });
  expect.soft(cut, `${screen}: phone numbers with digits missing`).toEqual([]);
  await expectNoGuid(page);
}
