/* The parameters of Opus in SDP (RFC 7587, 6.1). */
import { receivedOpus, sentOpus, withOpusParameters } from '../../dist/rtc/opus-parameters.js';
import { assert, describe, it } from '../support/suite.js';

const description = (...lines: string[]) =>
  [
    'v=0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111 0',
    ...lines,
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'a=rtpmap:96 VP8/90000',
    '',
  ].join('\r\n');

const trackOf = (settings: MediaTrackSettings) => ({ getSettings: () => settings }) as MediaStreamTrack;

describe('The parameters of Opus', () => {
  it('are added to those that are there, and replace those of the same name', () => {
    const sdp = description(
      'a=rtpmap:111 opus/48000/2',
      'a=fmtp:111 minptime=10;useinbandfec=1',
      'a=rtpmap:0 PCMU/8000',
    );
    assert.equal(
      withOpusParameters(sdp, { stereo: 1, useinbandfec: 0 }),
      sdp.replace('minptime=10;useinbandfec=1', 'minptime=10;useinbandfec=0;stereo=1'),
    );
  });

  it('are written where there were none', () => {
    assert.equal(
      withOpusParameters(description('a=rtpmap:111 OPUS/48000/2', 'a=rtpmap:0 PCMU/8000'), { stereo: 1 }),
      description('a=rtpmap:111 OPUS/48000/2', 'a=fmtp:111 stereo=1', 'a=rtpmap:0 PCMU/8000'),
    );
  });

  it('are written for each payload type of Opus, and each audio section', () => {
    const section = 'm=audio 9 UDP/TLS/RTP/SAVPF 96 97\r\na=rtpmap:96 opus/48000/2\r\na=rtpmap:97 opus/48000/2\r\n';
    const changed = withOpusParameters(section + section, { stereo: 1 });
    assert.lengthOf(changed.match(/^a=fmtp:9[67] stereo=1\r$/gm) ?? [], 4);
  });

  it('leave a description without Opus as it is', () => {
    const sdp = description('a=rtpmap:0 PCMU/8000', 'a=fmtp:0 x=1');
    assert.equal(withOpusParameters(sdp, { stereo: 1 }), sdp);
    assert.equal(withOpusParameters('', { stereo: 1 }), '');
  });

  it('are the same after a second time', () => {
    const once = withOpusParameters(description('a=rtpmap:111 opus/48000/2'), receivedOpus({ audioBitrate: 9000 }));
    assert.equal(withOpusParameters(once, receivedOpus({ audioBitrate: 9000 })), once);
  });

  it('are those of RFC 7587', () => {
    assert.deepEqual(receivedOpus(), { stereo: 1 });
    assert.deepEqual(receivedOpus({ audioBitrate: 96_000, audioDtx: true, audioFec: false }), {
      stereo: 1,
      maxaveragebitrate: 96_000,
      usedtx: 1,
      useinbandfec: 0,
    });
  });

  it('say of a track that it has two channels, unless it is known to have one', () => {
    assert.deepEqual(sentOpus(trackOf({ channelCount: 2 })), { stereo: 1, 'sprop-stereo': 1 });
    assert.deepEqual(sentOpus(trackOf({})), { stereo: 1, 'sprop-stereo': 1 });
    assert.deepEqual(sentOpus(trackOf({ channelCount: 1 })), { stereo: 1, 'sprop-stereo': 0 });
  });
});
