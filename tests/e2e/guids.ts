// A customer's GUID is never shown: not as text, not in an address, not in anything a screen reader says.
import { expect, type Page } from '@playwright/test';

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** The same without hyphens. A longer run is the fingerprint of a file, no GUID. */
const BARE_GUID = /(?<![0-9a-f])[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}(?![0-9a-f])/i;

/** Looks through all that the page shows, says and holds. */
export async function expectNoGuid(page: Page): Promise<void> {
  const said = await page.locator('body').ariaSnapshot();
  const held = await page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea, select')];
    return [location.href, document.title, ...fields.map((field) => field.value), document.documentElement.outerHTML];
  });
  for (const text of [said, ...held]) {
    expect(text).not.toMatch(GUID);
    expect(text).not.toMatch(BARE_GUID);
  }
}
