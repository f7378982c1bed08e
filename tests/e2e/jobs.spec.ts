// A job that does not do its work while something of this register waits for it is said under Sync status.
import { expect, test } from './kase.ts';
import { expectWell } from './well.ts';

declare global {
  interface Window {
    /** What the heartbeats say of the jobs, in place of what they said. */
    jobs?: object[];
  }
}

test('Sync status says in either language which job holds up how much, and nothing while nothing waits', async ({
  register,
  headquarters,
  page,
}) => {
  await headquarters.changeProfile('riga-centrs', { create_customer_async: true });
  // The register's own heartbeats, with words about the jobs put into them.
  await page.addInitScript(() => {
    const ask = window.fetch;
    window.fetch = async (input, init) => {
      const answer = await ask(input, init);
      const url = input instanceof Request ? input.url : String(input);
      if (!url.includes('/replication/hints') || !answer.body) return answer;
      const say = new TransformStream<string, string>({
        transform(text, stream) {
          const jobs = `"jobs":${JSON.stringify(window.jobs ?? [])}`;
          stream.enqueue(text.replaceAll(/("event":"heartbeat",[^}]*)}/g, `$1,${jobs}}`));
        },
      });
      const body = answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(say).pipeThrough(new TextEncoderStream());
      return new Response(body, { status: answer.status, headers: answer.headers });
    };
    window.jobs = [{ job: 'P-0001', trouble: 'overdue', waiting: 9 }];
  });
  await page.reload();
  await register.is('Online');
  await register.go('Sync status');
  await expect(page.getByText('Nothing waits', { exact: true })).toBeVisible();
  const overdue = page.getByText('The job “P-0001” is overdue: 1 change of this register waits for it.');
  await expect(overdue).toBeHidden();

  // Where it is then is not told to the register any more.
  await page.route('**/replication/pull*', (route) => route.abort());
  await register.go('Customers');
  await register.create({ 'First name': 'Gaidošā', 'Last name': 'Kundze' });
  await register.go('Sync status');
  await expect(overdue).toBeVisible();
  await page.evaluate(() => {
    window.jobs = [{ job: 'P-0001', trouble: 'failing', waiting: 9 }, { job: 'later', trouble: 'overdue', waiting: 1 }];
  });
  await expect(page.getByText(/The job “P-0001” is failing: 1 change/)).toBeVisible();
  await expectWell(page, 'jobs');

  await register.go('Settings');
  await page.getByText('Latviešu', { exact: true }).click();
  await page.goBack();
  await expect(page.getByText(/Darbs „P-0001” neizdodas: uz to gaida 1 ieraksts no šīs kases/)).toBeVisible();
  await expectWell(page, 'jobs in Latvian');
  await page.evaluate(() => {
    window.jobs = [];
  });
  await expect(page.getByText(/Darbs „P-0001”/)).toBeHidden();
});
