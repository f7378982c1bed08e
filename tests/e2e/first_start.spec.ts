// A server that says it listens can be used: nobody has to guess when its demo chain is there.
import { expect, request } from '@playwright/test';
import { test } from './kase.ts';
import { KaseServer } from './server.ts';

test('a new installation activates a register as soon as it says that it listens', async () => {
  const server = await KaseServer.start();
  const api = await request.newContext();
  try {
    const answer = await api.post(`${server.url}/api/v1/devices/activate`, {
      data: { register: 'RIGA-1', code: 'demo-riga-1' },
    });
    expect(answer.status(), await answer.text()).toBe(200);
  } finally {
    await api.dispose();
    await server.dispose();
  }
});
