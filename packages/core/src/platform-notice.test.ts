import { expect, it } from 'vitest';
import { PLATFORMS } from '#src/platform.ts';
import { platformNotice } from '#src/platform-notice.ts';

it('says for every platform that it is late and that nothing is lost, and nothing while reads flow', () => {
  for (const platform of PLATFORMS) {
    expect(platformNotice(platform, 'OK')).toBeNull();
    expect(platformNotice(platform, 'DELAYED')).toMatch(/ reads are delayed\. Nothing is lost/);
    expect(platformNotice(platform, 'STOPPED')).toMatch(/ is not read at the moment\. Nothing is lost/);
  }
});
