import type { VideoResult } from '#src/port.ts';
import { missing } from '#src/read-item.ts';

/**
 * What an answer's silence about a video is worth. It is worth something where a platform has no other word for a video
 * that is gone, and only in an answer that shows at least as many videos as it leaves out; everywhere else nothing was
 * learned.
 *
 * @param isWord whether silence can mean anything here: the platform has no other word, and the run went well
 */
export function judgeAbsences(results: readonly VideoResult[], isWord: boolean): readonly VideoResult[] {
  const count = (kind: 'found' | 'absent') => results.filter(({ outcome }) => outcome.kind === kind).length;
  if (isWord && count('found') > 0 && count('found') >= count('absent')) return results;
  return results.map((result) =>
    result.outcome.kind === 'absent' ? { ref: result.ref, outcome: missing('unknown', result.outcome.reason) } : result,
  );
}
