import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawPicture } from '#src/http/picture.ts';
import { type Simulator, startSimulator } from '#src/simulator.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

test('a name has one picture, another has another', () => {
  expect(drawPicture('a')).toEqual(drawPicture('a'));
  expect(drawPicture('a')).not.toEqual(drawPicture('b'));
});

test('pictures are served by the address that the platform names', async () => {
  const of = 'https://i.ytimg.com/vi/abc/hqdefault.jpg';
  const response = await fetch(`${simulator.url}/picture?of=${encodeURIComponent(of)}`);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await response.arrayBuffer())).toEqual(drawPicture(of));
  expect((await fetch(`${simulator.url}/picture`)).status).toBe(404);
});
