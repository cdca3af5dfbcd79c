import { submitClip } from '@clipmeter/api/operations/submit-clip';
import { formatAudit, runAudit } from '@clipmeter/db/audit';
import { verifyAccounts } from '@clipmeter/testing/verified-accounts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseFaultPoints } from '#src/fault-points.ts';
import { openTrackerWorld, type SimulatedClip, type TrackerWorld } from '#src/tracker-world.fixture.ts';

// A link may lead to a video that the platform knows by another id. The first read tells.

let tracker: TrackerWorld;
let campaignId: string;
beforeAll(async () => {
  tracker = await openTrackerWorld();
});
afterAll(() => tracker.stop());
beforeEach(async () => {
  tracker.faults.clear();
  await tracker.pool.query('DELETE FROM clip_schedules');
  await tracker.pool.query(`UPDATE platform_states SET status = 'OK', retry_at = NULL, failures = 0, refusals = 0`);
  campaignId = await tracker.world.addCampaign({ budget: '1000', rate: '10' });
});

let codes = 0;
/** An Instagram short code that nobody has. */
function newCode(): string {
  codes += 1;
  return `Alias${String(codes).padStart(6, '0')}`;
}

async function submissionOf(clip: { submissionId: string }) {
  const { rows } = await tracker.pool.query<{
    status: string;
    rejection_reason: string | null;
    initial_views: string | null;
    external_id: string;
    submitted_clip_id: string | null;
  }>(
    `SELECT s.status, s.rejection_reason, s.initial_views, s.submitted_clip_id, c.external_id
     FROM clip_submissions s JOIN clips c ON c.id = s.clip_id WHERE s.id = $1`,
    [clip.submissionId],
  );
  return rows[0];
}

async function eventsOf(clip: SimulatedClip, type: string) {
  const { rows } = await tracker.pool.query<{ topic: string; payload: Record<string, unknown> }>(
    `SELECT topic, payload FROM events WHERE type = $1 AND payload->>'submissionId' = $2 ORDER BY id`,
    [type, clip.submissionId],
  );
  return rows;
}

async function noticesOf(userId: string) {
  const { rows } = await tracker.pool.query<{ kind: string; body: string }>(
    'SELECT kind, body FROM notifications WHERE user_id = $1 ORDER BY created_at',
    [userId],
  );
  return rows;
}

const TAKEN = 'This link leads to a video that has been submitted already under another link.';

describe('nobody has the video', () => {
  test('the submission goes over to it, and its baseline is the first read by its own id', async () => {
    const alias = newCode();
    const own = tracker.postVideo('INSTAGRAM', 5_000, [alias]);
    const clip = await tracker.submitVideo(campaignId, 'INSTAGRAM', alias);
    await tracker.readAll('INSTAGRAM');
    expect(await submissionOf(clip)).toMatchObject({
      status: 'PENDING',
      initial_views: null,
      external_id: own,
      submitted_clip_id: clip.clipId,
    });
    expect(await eventsOf(clip, 'submission.changed')).toMatchObject([
      { topic: `user:${clip.userId}`, payload: { status: 'PENDING', approvalRequested: true } },
      { topic: 'admin' },
    ]);
    expect(await tracker.scheduleRow(clip)).toBeNull();

    await tracker.readAll('INSTAGRAM');
    expect(await submissionOf(clip)).toMatchObject({ status: 'APPROVED', initial_views: '5000', external_id: own });
    tracker.simulator.store.catalogue.changeVideo('INSTAGRAM', own, { views: 6_000, frozen: true });
    await tracker.readAll('INSTAGRAM');
    expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '10.000000' });
    const report = await runAudit(tracker.pool);
    expect(report.differences, formatAudit(report)).toBe(0);
  });

  test('goes over once: a video that leads on again is not followed', async () => {
    const [alias, second] = [newCode(), newCode()];
    tracker.postVideo('INSTAGRAM', 5_000, [alias]);
    const clip = await tracker.submitVideo(campaignId, 'INSTAGRAM', alias);
    await tracker.readAll('INSTAGRAM');
    const own = (await submissionOf(clip))?.external_id ?? '';
    // The platform changes its mind: what it called the video's own id leads to another now.
    await tracker.pool.query('UPDATE clips SET external_id = $2, url = replace(url, $1, $2) WHERE external_id = $1', [
      own,
      second,
    ]);
    tracker.postVideo('INSTAGRAM', 9_000, [second]);
    await tracker.readAll('INSTAGRAM');
    const { rows } = await tracker.pool.query(
      `SELECT last_reason FROM clip_schedules s JOIN clips c ON c.id = s.clip_id WHERE c.external_id = $1`,
      [second],
    );
    expect(rows).toEqual([{ last_reason: expect.stringContaining('answered with another video') }]);
    expect(await submissionOf(clip)).toMatchObject({ status: 'PENDING', external_id: second, initial_views: null });
  });

  test('a campaign that takes no clips any more ends the approval instead', async () => {
    const alias = newCode();
    tracker.postVideo('INSTAGRAM', 5_000, [alias]);
    const clip = await tracker.submitVideo(campaignId, 'INSTAGRAM', alias);
    await tracker.pool.query(`UPDATE campaigns SET status = 'DRAFT' WHERE id = $1`, [campaignId]);
    await tracker.readAll('INSTAGRAM');
    expect(await submissionOf(clip)).toMatchObject({ status: 'PENDING', external_id: alias });
    const { rows } = await tracker.pool.query('SELECT approval_requested_at FROM clip_submissions WHERE id = $1', [
      clip.submissionId,
    ]);
    expect(rows).toEqual([{ approval_requested_at: null }]);
  });
});

describe('somebody has the video', () => {
  /** The rightful owner's clip, approved at 1,000, and a link that leads to the same video. */
  async function owned() {
    const alias = newCode();
    const own = tracker.postVideo('INSTAGRAM', 1_000, [alias]);
    const owner = await tracker.submitVideo(campaignId, 'INSTAGRAM', own);
    await tracker.readAll('INSTAGRAM');
    tracker.setViews(owner, 3_000);
    return { alias, owner };
  }

  test('the submission is a duplicate: refused in words after its first read, and the owner is paid as ever', async () => {
    const { alias, owner } = await owned();
    const clip = await tracker.submitVideo(campaignId, 'INSTAGRAM', alias);
    await tracker.readAll('INSTAGRAM');
    expect(await submissionOf(clip)).toMatchObject({
      status: 'REJECTED',
      rejection_reason: TAKEN,
      initial_views: null,
    });
    expect(await noticesOf(clip.userId)).toEqual([{ kind: 'submission.rejected', body: TAKEN }]);
    expect(await eventsOf(clip, 'submission.changed')).toMatchObject([
      { topic: `user:${clip.userId}`, payload: { status: 'REJECTED', clipId: clip.clipId } },
      { topic: 'admin' },
    ]);
    expect(await tracker.scheduleRow(clip)).toBeNull();
    expect(await tracker.earnings(clip)).toBe(0n);
    expect(await submissionOf(owner)).toMatchObject({ status: 'APPROVED', initial_views: '1000' });
    expect(await tracker.earnings(owner)).toBe(20_000_000n);
    expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '20.000000' });
    const { rows } = await tracker.pool.query('SELECT FROM view_tracking WHERE clip_id = $1', [clip.clipId]);
    expect(rows).toEqual([]);
  });

  test('one who has it already is told so', async () => {
    const { alias, owner } = await owned();
    const clip = await tracker.submitVideo(campaignId, 'INSTAGRAM', alias, owner.userId);
    await tracker.readAll('INSTAGRAM');
    expect(await submissionOf(clip)).toMatchObject({
      status: 'REJECTED',
      rejection_reason: 'This link leads to a video that you have submitted already under another link.',
    });
  });

  test('a run delivered again, and a process that dies before its commit, decide it once', async () => {
    const { alias } = await owned();
    const clip = await tracker.submitVideo(campaignId, 'INSTAGRAM', alias);
    await tracker.makeDue();
    const [runId = ''] = await tracker.tick('INSTAGRAM');
    const faultPoints = parseFaultPoints('settle:before-commit=throw');
    await expect(tracker.deliver(runId, { platform: 'INSTAGRAM', faultPoints })).rejects.toThrow('before-commit');
    expect(await submissionOf(clip)).toMatchObject({ status: 'PENDING' });
    const deliver = () => tracker.deliver(runId, { platform: 'INSTAGRAM' });
    await Promise.all([deliver(), deliver()]);
    await deliver();
    expect(await submissionOf(clip)).toMatchObject({ status: 'REJECTED' });
    expect(await noticesOf(clip.userId)).toHaveLength(1);
    expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '20.000000' });
  });

  test('a video whose submission was turned down is nobody’s: the next one gets it', async () => {
    const alias = newCode();
    const own = tracker.postVideo('INSTAGRAM', 1_000, [alias]);
    const earlier = await tracker.submitVideo(campaignId, 'INSTAGRAM', own);
    await tracker.pool.query(
      `UPDATE clip_submissions SET status = 'REJECTED', rejection_reason = 'No.' WHERE id = $1`,
      [earlier.submissionId],
    );
    await tracker.pool.query('DELETE FROM clip_schedules');
    const clip = await tracker.submitVideo(campaignId, 'INSTAGRAM', alias);
    await tracker.readAll('INSTAGRAM');
    await tracker.readAll('INSTAGRAM');
    expect(await submissionOf(clip)).toMatchObject({ status: 'APPROVED', external_id: own, initial_views: '1000' });
  });
});

describe('at once', () => {
  test.each([1, 2, 3])(
    'two links of one video, read in one run or in two: one has it, one is refused (%i)',
    async (round) => {
      const aliases = [newCode(), newCode()];
      const own = tracker.postVideo('INSTAGRAM', 1_000, aliases);
      const clips = [];
      for (const alias of aliases) clips.push(await tracker.submitVideo(campaignId, 'INSTAGRAM', alias));
      await tracker.makeDue();
      const inOneRun = round === 1;
      const runIds = await tracker.tick('INSTAGRAM', inOneRun ? {} : { maxBatch: 1 });
      expect(runIds).toHaveLength(inOneRun ? 1 : 2);
      await Promise.all(runIds.map((runId) => tracker.deliver(runId, { platform: 'INSTAGRAM' })));
      const states = await Promise.all(clips.map(submissionOf));
      expect(states.map((state) => state?.status).toSorted()).toEqual(['PENDING', 'REJECTED']);
      expect(states.find((state) => state?.status === 'PENDING')).toMatchObject({ external_id: own });
      await tracker.readAll('INSTAGRAM');
      const { rows } = await tracker.pool.query(
        `SELECT s.status, c.external_id FROM clip_submissions s JOIN clips c ON c.id = s.clip_id
       WHERE s.campaign_id = $1 AND s.status IN ('PENDING', 'APPROVED')`,
        [campaignId],
      );
      expect(rows).toEqual([{ status: 'APPROVED', external_id: own }]);
    },
  );

  test('a link that turns out to be a video, and that video submitted by its own link: one of both has it', async () => {
    for (let i = 0; i < 6; i += 1) {
      const alias = newCode();
      const own = tracker.postVideo('INSTAGRAM', 1_000, [alias]);
      const clip = await tracker.submitVideo(campaignId, 'INSTAGRAM', alias);
      await tracker.pool.query(`UPDATE campaigns SET platforms = '{INSTAGRAM}' WHERE id = $1`, [campaignId]);
      await tracker.makeDue();
      const [runId = ''] = await tracker.tick('INSTAGRAM');
      const userId = await tracker.world.addUser();
      await verifyAccounts(tracker.pool, userId);
      const submit = () =>
        submitClip(
          { pool: tracker.pool, now: () => new Date() },
          { userId },
          { campaignId, link: `https://www.instagram.com/reel/${own}/` },
        ).then(
          () => 'submitted',
          (error: Error) => error.message,
        );
      const [, answer] = await Promise.all([tracker.deliver(runId, { platform: 'INSTAGRAM' }), submit()]);
      const state = await submissionOf(clip);
      expect([answer, state?.status]).toEqual(
        answer === 'submitted'
          ? ['submitted', 'REJECTED']
          : [
              'Somebody else has submitted this video. It is being read for whose it is: if it is yours, try again in a minute.',
              'PENDING',
            ],
      );
    }
  });
});

describe('a wrong item', () => {
  test.each(['TIKTOK', 'INSTAGRAM', 'X', 'YOUTUBE'] as const)(
    '%s: another video’s counts are nobody’s: no snapshot, no money, the clip keeps its name',
    async (platform) => {
      const clips = [];
      for (let i = 0; i < 2; i += 1) clips.push(await tracker.postClip(campaignId, 1_000, platform));
      await tracker.readAll(platform);
      for (const clip of clips) tracker.setViews(clip, 2_000);
      const known = await tracker.pool.query('SELECT count(*) FROM clips');
      tracker.faults.add({ platform, kind: 'wrong_video' });
      await tracker.readAll(platform);
      expect((await tracker.pool.query('SELECT count(*) FROM clips')).rows).toEqual(known.rows);
      expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '0.000000' });
      for (const clip of clips) {
        expect(await submissionOf(clip)).toMatchObject({ status: 'APPROVED', external_id: clip.externalId });
        expect(await tracker.scheduleRow(clip)).toMatchObject({ failures: 1, last_outcome: 'unknown' });
      }
      const { rows } = await tracker.pool.query(
        'SELECT count(*)::integer AS n FROM view_tracking WHERE clip_id = ANY ($1::uuid[])',
        [clips.map((clip) => clip.clipId)],
      );
      expect(rows).toEqual([{ n: 2 }]);
      tracker.faults.clear();
      await tracker.readAll(platform);
      expect(await tracker.campaign(campaignId)).toMatchObject({ spent: '20.000000' });
    },
  );

  test('a video that was read before under its own name stays itself, whoever submits it next', async () => {
    const earlier = await tracker.postClip(campaignId, 1_000, 'INSTAGRAM');
    await tracker.readAll('INSTAGRAM');
    await tracker.pool.query(`UPDATE clip_submissions SET status = 'REVOKED' WHERE id = $1`, [earlier.submissionId]);
    const next = await tracker.world.submitClip(campaignId, undefined, 'INSTAGRAM', earlier.clipId);
    const known = await tracker.pool.query('SELECT count(*) FROM clips');
    tracker.faults.add({ platform: 'INSTAGRAM', kind: 'wrong_video' });
    await tracker.readAll('INSTAGRAM');
    expect(await submissionOf(next)).toMatchObject({ status: 'PENDING', external_id: earlier.externalId });
    expect((await tracker.pool.query('SELECT count(*) FROM clips')).rows).toEqual(known.rows);
    tracker.faults.clear();
    await tracker.readAll('INSTAGRAM');
    expect(await submissionOf(next)).toMatchObject({ status: 'APPROVED', external_id: earlier.externalId });
  });

  test('a page of the platform’s own in place of many is an incident, and no submission goes over to it', async () => {
    const aliases = [newCode(), newCode(), newCode(), newCode()];
    tracker.postVideo('INSTAGRAM', 1_000_000, aliases);
    const clips = [];
    for (const alias of aliases) clips.push(await tracker.submitVideo(campaignId, 'INSTAGRAM', alias));
    await tracker.readAll('INSTAGRAM');
    for (const [i, clip] of clips.entries())
      expect(await submissionOf(clip)).toMatchObject({ status: 'PENDING', external_id: aliases[i] });
    expect(await tracker.platformRow('INSTAGRAM')).toMatchObject({ status: 'DELAYED' });
  });
});
