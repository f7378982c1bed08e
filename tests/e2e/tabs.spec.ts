// Of several tabs, the one in view leads.
import type { Page } from '@playwright/test';
import { expect, test } from './kase.ts';
import { ACCOUNT_NUMBER, Register } from './register.ts';

/** Tells a page that its tab went out of view or came back, as the browser does. */
async function show(page: Page, visible: boolean): Promise<void> {
  await page.evaluate((visible) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => !visible });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visible);
}

const leads = (page: Page) => page.waitForRequest((request) => request.url().endsWith('/replication/hints'));

test('the tab in view leads: a hidden one hands on, and a frozen one is taken over', async ({
  register,
  line,
  context,
}) => {
  const other = new Register(await context.newPage());
  const otherLeads = leads(other.page);
  await other.page.goto(line.url);
  await otherLeads;
  await expect(other.search).toBeVisible();

  const handedOn = leads(register.page);
  await show(other.page, false);
  await handedOn;

  const back = leads(other.page);
  await show(other.page, true);
  await back;
  await show(register.page, false);

  const browser = await context.newCDPSession(other.page);
  await browser.send('Page.setWebLifecycleState', { state: 'frozen' });
  const taken = leads(register.page);
  await show(register.page, true);
  await taken;
  await register.create({ 'First name': 'Redzamā', 'Last name': 'Cilne' }, ACCOUNT_NUMBER);
  await browser.send('Page.setWebLifecycleState', { state: 'active' });
});
