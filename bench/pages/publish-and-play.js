/** Publishes a pattern of 1280x720 at 30 fps and a tone by WHIP, plays them by WHEP, and reads every received picture. */
import { readFrameNumber } from './frame-number-pattern.js';

const SIZE = { width: 1280, height: 720 };

async function publish(origin) {
  await import('/dist/define/all.js');
  const { definePattern } = await import('/dist/engine/page/custom-signals.js');
  const { WhipClient } = await import('/dist/rtc/whip-client.js');
  definePattern('frame-number', new URL('./frame-number-pattern.js', import.meta.url));
  const picture = Object.assign(document.createElement('pattern-source'), {
    pattern: 'frame-number',
    ...SIZE,
    frameRate: 30,
  });
  const tone = document.createElement('tone-source');
  document.body.append(picture, tone);
  const client = new WhipClient({
    endpoint: `${origin}/bench/whip`,
    codec: 'vp8',
    maxBitrate: 4_000_000,
    degradation: 'maintain-resolution',
  });
  await client.start(await Promise.all([picture.ready, tone.ready]));
  return [client, picture];
}

async function play(origin) {
  const { WhepClient } = await import('/dist/rtc/whep-client.js');
  const client = new WhepClient({ endpoint: `${origin}/bench/whep` });
  await client.start();
  const video = Object.assign(document.createElement('video'), { autoplay: true, srcObject: client.stream });
  document.body.append(video);
  return client;
}

const reportOf = async (client, type, kind) =>
  [...(await client.getStats()).values()].find((report) => report.type === type && report.kind === kind);

/** Resolves to what was received in a number of seconds. It begins one second after the first picture. */
export async function measureReceived(origin, seconds) {
  const [whip, source] = await publish(origin);
  const whep = await play(origin);
  const [track] = whep.stream.getVideoTracks();
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 60 }).readable.getReader();
  const numbers = [];
  let buffer = new Uint8Array();
  let begin;
  let before;
  let skipped = 0;
  for (;;) {
    const { value: frame, done } = await reader.read();
    if (done) break;
    const time = performance.now();
    begin ??= time;
    if (time - begin > (seconds + 1) * 1000) {
      frame.close();
      break;
    }
    if (time - begin >= 1000) {
      before ??= {
        video: await reportOf(whep, 'inbound-rtp', 'video'),
        audio: await reportOf(whep, 'inbound-rtp', 'audio'),
      };
      skipped ||= (await source.getStats()).dropped + 1;
      const size = frame.allocationSize();
      if (buffer.length < size) buffer = new Uint8Array(size);
      const [{ offset, stride }] = await frame.copyTo(buffer);
      numbers.push(readFrameNumber(buffer.subarray(offset), stride, frame.codedWidth, frame.codedHeight));
    }
    frame.close();
  }
  const after = {
    video: await reportOf(whep, 'inbound-rtp', 'video'),
    audio: await reportOf(whep, 'inbound-rtp', 'audio'),
  };
  const sent = await reportOf(whip, 'outbound-rtp', 'video');
  await Promise.all([whip.stop(), whep.stop()]);
  const growth = (kind, name) => (after[kind][name] ?? 0) - (before[kind][name] ?? 0);
  return {
    pictures: numbers.length,
    // Repeated and decreasing numbers are counted below, in `disordered`.
    missing: numbers.reduce((sum, n, index) => sum + (index ? Math.max(0, n - numbers[index - 1] - 1) : 0), 0),
    disordered: numbers.filter((n, index) => index && n <= numbers[index - 1]).length,
    dropped: growth('video', 'framesDropped'),
    packetsLost: growth('video', 'packetsLost') + growth('audio', 'packetsLost'),
    concealed: growth('audio', 'concealedSamples'),
    framesDecoded: growth('video', 'framesDecoded'),
    // Frames that the source itself dropped, because it was late.
    skipped: (await source.getStats()).dropped + 1 - skipped,
    height: sent.frameHeight,
    limited: sent.qualityLimitationReason,
  };
}
