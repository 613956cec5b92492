/** WHIP and WHEP clients that stop after the test, tracks for them, and the media that arrives. */
import 'track-elements/define/all';
import { WhepClient, type WhepClientInit } from 'track-elements/rtc/whep-client';
import { WhipClient, type WhipClientInit } from 'track-elements/rtc/whip-client';
import { onCleanup, stopAfterTest } from './cleanup.js';
import { place } from './page.js';
import { type WaitOptions, waitFor } from './waiting.js';

/** The tracks of the sources in `markup`, which stay in the page until the test is over: a moving picture and a tone. */
export async function makeTracks(
  markup = '<pattern-source pattern="ball" width="320" height="180"></pattern-source><tone-source></tone-source>',
): Promise<MediaStreamTrack[]> {
  const sources = [...place(`<div>${markup}</div>`).children] as (HTMLElement & { ready: Promise<MediaStreamTrack> })[];
  return Promise.all(sources.map((source) => source.ready));
}

export const makeWhipClient = (init: WhipClientInit): WhipClient => stopAfterTest(new WhipClient(init));

export const makeWhepClient = (init: WhepClientInit): WhepClient => stopAfterTest(new WhepClient(init));

/** Plays what a client receives in a `<video>`, since Chromium decodes audio only where it is played. */
export async function playInVideo(client: WhepClient): Promise<HTMLVideoElement> {
  const video = document.createElement('video');
  Object.assign(video, { autoplay: true, muted: true, playsInline: true, srcObject: client.stream });
  document.body.append(video);
  onCleanup(() => video.remove());
  await waitFor(() => video.videoWidth > 0, 'a picture', { timeoutMs: 30_000 });
  return video;
}

/** The statistics of the media of one kind that a client receives. */
export async function inboundStats(
  client: WhepClient,
  kind: 'audio' | 'video',
): Promise<RTCInboundRtpStreamStats | null> {
  const reports: ReadonlyMap<string, RTCInboundRtpStreamStats> = (await client.getStats()) ?? new Map();
  return [...reports.values()].find((stats) => stats.type === 'inbound-rtp' && stats.kind === kind) ?? null;
}

/** Resolves when a client has decoded more frames than now. */
export async function waitForFrames(client: WhepClient, { timeoutMs }: WaitOptions = {}): Promise<void> {
  const peer = client.peerConnection;
  const before = (await inboundStats(client, 'video'))?.framesDecoded ?? 0;
  await waitFor(
    async () => {
      const now = (await inboundStats(client, 'video'))?.framesDecoded ?? 0;
      return client.peerConnection === peer ? now > before + 5 : now > 5;
    },
    () => `more frames (the client is ${client.state})`,
    { timeoutMs },
  );
}
