// A screen that is well: nothing for axe to find in either theme, nothing cut off or scrolled sideways, no GUID.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { expectNoGuid } from './guids.ts';

/** What moves or changes its colour has done so. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ends = document.getAnimations().filter((moving) => moving.effect?.getComputedTiming().endTime !== Infinity);
    // One that is cancelled, since its element has gone, is over too.
    return Promise.allSettled(ends.map((moving) => moving.finished));
  });
}

/** Goes on after a fault, so that one run names every screen that has one. Its pictures lie with the results. */
export async function expectWell(page: Page, screen: string): Promise<void> {
  const look = async (colorScheme: 'light' | 'dark', axe: AxeBuilder) => {
    await page.emulateMedia({ colorScheme });
    await atRest(page);
    await page.screenshot({ path: test.info().outputPath(`${screen} ${colorScheme}.png`) });
    const { violations } = await axe.analyze();
    const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n  ')}`);
    expect.soft(said, `${screen}, ${colorScheme}`).toEqual([]);
  };
  // Kase has no frames, for which axe would open another page each time: half of what it takes.
  const axe = () => new AxeBuilder({ page }).setLegacyMode();
  // A theme changes colours and nothing else.
  await look('dark', axe().withRules(['color-contrast']));
  await look('light', axe());
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
