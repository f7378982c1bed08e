// What a browser may do to a register's database: delete it under the app, and refuse to promise that it will not.
import { Headquarters } from '../e2e/headquarters.ts';
import { expect, test } from '../e2e/kase.ts';
import { OFFLINE_LIMIT_MS, Register } from '../e2e/register.ts';
import { Desk } from './desk.ts';
import { tell } from './figures.ts';
import { Ledger } from './ledger.ts';
import { Load } from './load.ts';
import { SEED, WHOLE } from './plan.ts';

for (const how of ['by the browser', 'by another page'] as const) {
  test(`a database that is deleted ${how} takes nothing with it that is said to be saved afterwards`, { tag: WHOLE }, async ({
    register,
    line,
    context,
    server,
  }, testInfo) => {
    test.setTimeout(120_000);
    const [ledger, load] = [new Ledger(`x${SEED}${how.length}`), new Load()];
    const desk = new Desk(register, ledger, load);
    await desk.createOne();
    // A page of the same origin that is not the app: nothing but a file of it.
    const other = await context.newPage();
    await other.goto(`${line.url}/manifest.webmanifest`);
    const browser = await context.newCDPSession(other);
    line.cut();
    await register.is('Offline', OFFLINE_LIMIT_MS);
    await register.fillNewCustomer({ 'First name': ledger.ask('register'), 'Last name': 'Neaizgājis' });
    if (how === 'by the browser') {
      await browser.send('Storage.clearDataForOrigin', { origin: line.url, storageTypes: 'indexeddb' });
    } else {
      const deleted = await other.evaluate(
        () =>
          new Promise((resolve) => {
            const deleting = indexedDB.deleteDatabase('kase');
            deleting.onsuccess = () => resolve('deleted');
            deleting.onerror = () => resolve(deleting.error);
          }),
      );
      expect(deleted).toBe('deleted');
      // The register was asked to let go of it, and says so before anybody presses Save.
      await expect(register.page.getByText(/deleted its storage|deleted what/).first()).toBeVisible();
    }
    await expect(register.sheet.getByLabel('Last name')).toHaveValue('Neaizgājis');
    await register.sheet.getByRole('button', { name: 'Cancel' }).click();
    await register.page.getByRole('button', { name: 'Discard' }).click();
    await desk.createOne();
    line.mend();
    // Who the register is went with its database; what was saved after that did not.
    await register.page.reload();
    await register.activate();
    await register.signIn();
    await desk.createOne();
    await desk.drain(60_000);
    const verdict = await ledger.judge(await Headquarters.signIn(server.url));
    const seen = [`a form said: ${desk.work.failures.join(' | ') || 'nothing but saved'}`];
    tell(testInfo, { part: `database deleted ${how}`, verdict, seen });
    expect(verdict.suspects).toEqual([]);
    expect(verdict).toMatchObject({ lost: 0, doubled: 0, damaged: 0 });
  });
}

for (const [setting, says] of [
  ['denied', 'The browser may delete what waits here'],
  ['granted', 'Storage is persistent'],
] as const) {
  test(`a browser whose promise to keep what waits is ${setting} is shown to have it ${setting}`, async ({ browser, page, line }) => {
    const session = await browser.newBrowserCDPSession();
    // The context of the page is not the browser's default one, and its id is known by its pages alone.
    const { targetInfos } = await session.send('Target.getTargets');
    const browserContextId = targetInfos.find(({ type }) => type === 'page')?.browserContextId;
    const permission = { name: 'persistent-storage' };
    await session.send('Browser.setPermission', { permission, setting, origin: line.url, browserContextId });
    const register = new Register(page);
    await register.open(line.url);
    await register.go('Sync status');
    await expect(page.getByText(says)).toBeVisible();
    expect(await page.evaluate(() => navigator.storage.persisted())).toBe(setting === 'granted');
  });
}
