// Further windows of the same browser, with the same storage.
import type { Page } from '@playwright/test';

/**
 * Opens one beside that of `page`. Of two tabs in one window the browser lets the one behind draw once a second, which
 * makes everything that a test does there slow; here both are in view.
 */
export async function openBeside(page: Page): Promise<Page> {
  const context = page.context();
  const browser = context.browser();
  if (!browser) throw new Error('this browser opens no windows');
  const of = await context.newCDPSession(page);
  const { targetInfo } = await of.send('Target.getTargetInfo');
  const opened = context.waitForEvent('page');
  const whole = await browser.newBrowserCDPSession();
  const { browserContextId } = targetInfo;
  await whole.send('Target.createTarget', { url: 'about:blank', newWindow: true, browserContextId });
  const beside = await opened;
  await Promise.all([of.detach(), whole.detach()]);
  return beside;
}
