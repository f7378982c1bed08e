// What a browser downloads before it shows anything: compressed by the build, and the same as without.
import { request } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from './kase.ts';

test('code and styles come compressed to whoever takes it, and are the same to all', async ({ server }) => {
  const page = (await get(server.url, '/', 'identity')).body.toString();
  const paths = page.matchAll(/["'](\/[^"']+\.(?:css|js|wasm))["']/g);
  const names = new Set(['/', ...Array.from(paths, ([, path]) => path)]);
  expect([...names].map((name) => name.split('.').pop())).toEqual(expect.arrayContaining(['/', 'css', 'js', 'wasm']));
  for (const name of names) {
    const plain = await get(server.url, name, 'identity');
    const compressed = await get(server.url, name, 'gzip, br');
    expect(plain.encoding, name).toBeUndefined();
    expect(compressed.encoding, name).toBe('br');
    expect(compressed.tag, name).toBe(plain.tag);
    expect(brotliDecompressSync(compressed.body).equals(plain.body), name).toBe(true);
    expect(compressed.body.length, name).toBeLessThan(plain.body.length / 2);
    expect((await get(server.url, `${name}.br`, 'br')).status, name).toBe(404);
  }
});

interface Answer {
  status?: number;
  encoding?: string;
  tag?: string;
  body: Buffer;
}

/** As it comes over the wire: `fetch` would decompress it. */
function get(url: string, path: string, encodings: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url + path, { headers: { 'accept-encoding': encodings } }, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part as Buffer);
      const { 'content-encoding': encoding, etag: tag } = response.headers;
      resolve({ status: response.statusCode, encoding, tag, body: Buffer.concat(parts) });
    });
    asked.on('error', reject);
    asked.end();
  });
}
