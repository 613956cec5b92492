/** What tests of the WHIP and WHEP clients share: tracks to publish, clients that end with the test, what arrives. */
import '../../dist/define/all.js';
import { WhepClient, type WhepClientInit } from '../../dist/rtc/whep-client.js';
import { WhipClient, type WhipClientInit } from '../../dist/rtc/whip-client.js';
import { afterwards } from './afterwards.js';
import { until } from './until.js';

/** A small moving picture and a tone, gone when the test is over. */
export async function tracks(
  markup = '<pattern-source pattern="ball" width="320" height="180"></pattern-source><tone-source></tone-source>',
): Promise<MediaStreamTrack[]> {
  const place = document.createElement('div');
  place.innerHTML = markup;
  document.body.append(place);
  afterwards(() => place.remove());
  const sources = [...place.children] as (HTMLElement & { ready: Promise<MediaStreamTrack> })[];
  return Promise.all(sources.map((source) => source.ready));
}

/** A publisher that is stopped when the test is over. */
export function publisher(init: WhipClientInit): WhipClient {
  const client = new WhipClient(init);
  afterwards(() => client.stop());
  return client;
}

/** A player that is stopped when the test is over. */
export function player(init: WhepClientInit): WhepClient {
  const client = new WhepClient(init);
  afterwards(() => client.stop());
  return client;
}

/** Shows what a player receives, since Chromium decodes sound only where it is played. */
export async function show(client: WhepClient): Promise<HTMLVideoElement> {
  const video = document.createElement('video');
  Object.assign(video, { autoplay: true, muted: true, playsInline: true, srcObject: client.stream });
  document.body.append(video);
  afterwards(() => video.remove());
  await until(() => video.videoWidth > 0, 'a picture', 10);
  return video;
}

/** What has arrived of one kind. */
export async function inbound(client: WhepClient, kind: 'audio' | 'video'): Promise<RTCInboundRtpStreamStats | null> {
  const reports: ReadonlyMap<string, RTCInboundRtpStreamStats> = (await client.getStats()) ?? new Map();
  return [...reports.values()].find((stats) => stats.type === 'inbound-rtp' && stats.kind === kind) ?? null;
}

/** Resolves when pictures come, more than there are now. */
export async function framesFlow(client: WhepClient, seconds = 8): Promise<void> {
  const peer = client.peerConnection;
  const before = (await inbound(client, 'video'))?.framesDecoded ?? 0;
  await until(
    async () => {
      const now = (await inbound(client, 'video'))?.framesDecoded ?? 0;
      return client.peerConnection === peer ? now > before + 5 : now > 5;
    },
    () => `more pictures (${client.state})`,
    seconds,
  );
}
