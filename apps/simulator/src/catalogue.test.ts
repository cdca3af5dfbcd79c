import { expect, test } from 'vitest';
import { Catalogue } from '#src/catalogue.ts';
import { SimulatedClock } from '#src/clock.ts';

const author = { handle: '@Mira' };

function newCatalogue(seed = 'one') {
  const clock = new SimulatedClock({ monotonicMs: () => 0 });
  return { clock, catalogue: new Catalogue({ clock, seed, onChange: () => {} }) };
}

test('a video has the views it was posted with and grows on from there', () => {
  const { catalogue, clock } = newCatalogue();
  const { video } = catalogue.postVideo({
    platform: 'YOUTUBE',
    author,
    views: 1_000,
    curve: { kind: 'steady', viewsPerHour: 600 },
  });
  expect(catalogue.views(video)).toBe(1_000);
  clock.advance(24 * 3_600_000);
  expect(catalogue.views(video)).toBeGreaterThan(14_000);
});

test('views set by hand go on growing; a frozen video does not', () => {
  const { catalogue, clock } = newCatalogue();
  const { video } = catalogue.postVideo({ platform: 'YOUTUBE', author, curve: { kind: 'steady', viewsPerHour: 600 } });
  catalogue.changeVideo('YOUTUBE', video.id, { views: 5_000 });
  expect(catalogue.views(video)).toBe(5_000);
  catalogue.changeVideo('YOUTUBE', video.id, { addViews: -1_000, frozen: true });
  clock.advance(24 * 3_600_000);
  expect(catalogue.views(video)).toBe(4_000);
  catalogue.changeVideo('YOUTUBE', video.id, { state: 'live' });
  expect(catalogue.views(video)).toBe(4_000);
  clock.advance(24 * 3_600_000);
  expect(catalogue.views(video)).toBeGreaterThan(4_000);
});

test('views never fall below nothing', () => {
  const { catalogue } = newCatalogue();
  const { video } = catalogue.postVideo({ platform: 'X', author, views: 10, curve: 'flat' });
  catalogue.changeVideo('X', video.id, { addViews: -100 });
  expect(catalogue.views(video)).toBe(0);
});

test('a new curve does not make views jump', () => {
  const { catalogue, clock } = newCatalogue();
  const { video } = catalogue.postVideo({ platform: 'X', author, views: 700, curve: 'flat' });
  clock.advance(48 * 3_600_000);
  catalogue.changeVideo('X', video.id, { curve: { kind: 'steady', viewsPerHour: 9_000 } });
  expect(catalogue.views(video)).toBe(700);
});

test('the same seed draws the same world, another seed another', () => {
  const draw = (seed: string) => {
    const { catalogue } = newCatalogue(seed);
    const publishedAt = '2026-03-01T12:00:00Z';
    return [1, 2, 3].map(() => {
      const { video } = catalogue.postVideo({ platform: 'YOUTUBE', author, publishedAt });
      return [video.id, video.curve, catalogue.author(video).id];
    });
  };
  expect(draw('one')).toEqual(draw('one'));
  expect(draw('one')).not.toEqual(draw('two'));
});

test('posting an id twice answers the video that has it', () => {
  const { catalogue } = newCatalogue();
  const post = (views: number) =>
    catalogue.postVideo({ platform: 'TIKTOK', id: '7123456789012345678', author, views, curve: 'flat' });
  expect(post(10).existed).toBe(false);
  const again = post(99);
  expect(again.existed).toBe(true);
  expect(catalogue.views(again.video)).toBe(10);
});

test('a handle means one account, however it is written', () => {
  const { catalogue } = newCatalogue();
  const { video } = catalogue.postVideo({ platform: 'TIKTOK', author: { handle: '@Mira' } });
  catalogue.changeProfile('TIKTOK', 'mira', { bio: 'CODE-1' });
  expect(catalogue.author(video)).toMatchObject({ handle: 'Mira', bio: 'CODE-1' });
  expect(catalogue.profiles()).toHaveLength(1);
});
