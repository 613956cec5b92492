/** Publishes 720p30 with a tone by WHIP, plays it by WHEP, and looks at every picture that arrives. */
import { numberIn } from './counter.js';

const SIZE = { width: 1280, height: 720 };

async function publish(origin) {
  await import('/dist/define/all.js');
  const { definePattern } = await import('/dist/engine/page/custom-signals.js');
  const { WhipClient } = await import('/dist/rtc/whip-client.js');
  definePattern('counter', new URL('./counter.js', import.meta.url));
  const picture = Object.assign(document.createElement('pattern-source'), {
    pattern: 'counter',
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

/** Resolves, after `seconds`, to what arrived from one second after the first picture on. */
export async function through(origin, seconds) {
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
      numbers.push(numberIn(buffer.subarray(offset), stride, frame.codedWidth, frame.codedHeight));
    }
    frame.close();
  }
  const after = {
    video: await reportOf(whep, 'inbound-rtp', 'video'),
    audio: await reportOf(whep, 'inbound-rtp', 'audio'),
  };
  const sent = await reportOf(whip, 'outbound-rtp', 'video');
  await Promise.all([whip.stop(), whep.stop()]);
  const grown = (kind, name) => (after[kind][name] ?? 0) - (before[kind][name] ?? 0);
  return {
    pictures: numbers.length,
    // A number that stands twice, or goes back, is wrong in another way.
    missing: numbers.reduce((sum, n, index) => sum + (index ? Math.max(0, n - numbers[index - 1] - 1) : 0), 0),
    disordered: numbers.filter((n, index) => index && n <= numbers[index - 1]).length,
    dropped: grown('video', 'framesDropped'),
    packetsLost: grown('video', 'packetsLost') + grown('audio', 'packetsLost'),
    concealed: grown('audio', 'concealedSamples'),
    framesDecoded: grown('video', 'framesDecoded'),
    // Those that the source itself was too late for.
    skipped: (await source.getStats()).dropped + 1 - skipped,
    height: sent.frameHeight,
    limited: sent.qualityLimitationReason,
  };
}
