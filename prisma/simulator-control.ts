import type { Platform } from '@clipmeter/core/platform';
import { z } from 'zod';

export interface PostedVideo {
  platform: Platform;
  id: string;
  /** Codes of short links that lead to it. */
  aliases?: string[];
  author: { handle: string; id?: string };
  title: string;
  views: number;
  publishedAt?: string;
  curve: { kind: 'steady'; viewsPerHour: number } | { kind: 'flat' };
}

const videoSchema = z.object({ views: z.number(), author: z.object({ id: z.string(), handle: z.string() }) });

/** The simulator's control API, as far as the demo and the browser tests use it. */
export class SimulatorControl {
  readonly #url: string;
  readonly #signal: AbortSignal | undefined;

  constructor(url: string, signal?: AbortSignal) {
    this.#url = url;
    this.#signal = signal;
  }

  /** Posts videos; those that exist stay as they are. */
  async postVideos(videos: PostedVideo[]): Promise<void> {
    await this.#send('POST', '/control/videos', videos);
  }

  async setViews(platform: Platform, id: string, views: number): Promise<void> {
    await this.#send('PATCH', `/control/videos/${platform}/${id}`, { views });
  }

  /** Whose video it is: the platform's own id of the account, and its handle. */
  async authorOf(platform: Platform, id: string): Promise<{ id: string; handle: string }> {
    return videoSchema.parse(await this.#send('GET', `/control/videos/${platform}/${id}`)).author;
  }

  /** What somebody writes about themselves on their profile. */
  async setBio(platform: Platform, handle: string, bio: string): Promise<void> {
    await this.#send('PATCH', `/control/profiles/${platform}/${handle}`, { bio });
  }

  async setState(platform: Platform, id: string, state: 'live' | 'private' | 'deleted'): Promise<void> {
    await this.#send('PATCH', `/control/videos/${platform}/${id}`, { state });
  }

  /** Sets the views unless there are more already. */
  async raiseViewsTo(platform: Platform, id: string, views: number): Promise<void> {
    const video = videoSchema.parse(await this.#send('GET', `/control/videos/${platform}/${id}`));
    if (video.views < views) await this.setViews(platform, id, views);
  }

  async #send(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(this.#signal ? { signal: this.#signal } : {}),
    });
    if (!response.ok)
      throw new Error(`The simulator answered ${response.status} to ${method} ${path}: ${await response.text()}`);
    return response.json();
  }
}
