/* <level-meter>: the levels of tones whose levels are known, clips, resets, and what is shown and said of them. */
import 'track-elements/define/all';
import type { AudioLevels, LevelEvent } from 'track-elements';
import { TrackGenerator } from 'track-elements/generator';
import { onCleanup } from '../support/cleanup.js';
import { place } from '../support/page.js';
import { hasCommands, hearsEverySample, noCommands, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';
import { countWorkers } from '../support/workers.js';

type Meter = HTMLElementTagNameMap['level-meter'];

const noEverySample = 'the contexts of this engine lose samples between them, so that RMS and loudness are not exact';

const placeMeter = (inside: string, attributes = ''): Meter =>
  place<Meter>(`<level-meter ${attributes}>${inside}</level-meter>`);

const bars = (meter: Meter): HTMLElement[] => [
  ...(meter.shadowRoot?.querySelectorAll<HTMLElement>('[role=meter]') ?? []),
];
const textsOf = (meter: Meter, part: string): string[] =>
  [...(meter.shadowRoot?.querySelectorAll(`[part=${part}]`) ?? [])].map((element) => element.textContent?.trim() ?? '');

/** The next levels for which a condition holds. */
const levelsWhere = (meter: Meter, holds: (levels: AudioLevels) => boolean): Promise<AudioLevels> =>
  waitFor(() => {
    const { levels } = meter;
    return levels && holds(levels) && levels;
  }, 'the levels');

/** A track of written samples, one plane for each channel, repeated until the test is over. */
function writtenTrack(planes: Float32Array[]): MediaStreamTrack {
  const generator = new TrackGenerator({ kind: 'audio' });
  let isOpen = true;
  onCleanup(() => {
    isOpen = false;
    generator.stop();
  });
  const write = async () => {
    while (isOpen) await generator.write(planes);
  };
  write().catch(() => {});
  return generator.track;
}

describe('A level-meter', () => {
  it('measures a stereo tone of −23 dBFS: its peak, its RMS, and −23 LUFS', async function () {
    const meter = placeMeter('<tone-source level="-23" frequency="997"></tone-source>');
    const tone = await levelsWhere(meter, ({ channels }) => channels.length === 2 && channels[0].peak > -24);
    assert.equal(tone.sampleRate, 48_000);
    await eventually(() => {
      for (const { peak, truePeak } of meter.levels?.channels ?? []) {
        assert.closeTo(peak, -23, 0.1);
        assert.closeTo(truePeak, -23, 0.1);
      }
    });
    if (!hearsEverySample) skip(this, noEverySample);
    meter.reset();
    await eventually(() => {
      for (const { rms } of meter.levels?.channels ?? []) assert.closeTo(rms, -23, 0.1);
      const { momentary, shortTerm, integrated } = meter.levels?.loudness ?? {};
      for (const value of [momentary, shortTerm, integrated]) assert.closeTo(value ?? Number.NaN, -23, 0.1);
      assert.closeTo(meter.levels?.correlation ?? Number.NaN, 1, 0.001);
    });
  });

  for (const sampleRate of [44_100, 48_000]) {
    it(`measures a mono tone at ${sampleRate} Hz, whose loudness is 3 dB below that of two channels`, async function () {
      const meter = placeMeter(
        `<tone-source channels="1" level="-12" frequency="997" sample-rate="${sampleRate}"></tone-source>`,
      );
      await levelsWhere(meter, ({ channels }) => channels.length === 1 && channels[0].peak > -13);
      await eventually(() => {
        assert.closeTo(meter.levels?.channels[0]?.peak ?? Number.NaN, -12, 0.1);
        assert.equal(meter.levels?.sampleRate, sampleRate);
      });
      assert.isNull(meter.levels?.correlation);
      await eventually(() => assert.deepEqual(textsOf(meter, 'label'), ['Mono']));
      if (!hearsEverySample) skip(this, noEverySample);
      await eventually(() => assert.closeTo(meter.levels?.loudness.momentary ?? Number.NaN, -15.01, 0.1));
    });
  }

  it('shows and says silence as such', async () => {
    const meter = placeMeter('<tone-source level="-Infinity"></tone-source>');
    const { channels, loudness } = await levelsWhere(meter, (levels) => levels.loudness.momentary !== null);
    for (const { peak, rms, maxTruePeak } of channels) {
      assert.deepEqual([peak, rms, maxTruePeak], Array(3).fill(Number.NEGATIVE_INFINITY));
    }
    assert.equal(loudness.momentary, Number.NEGATIVE_INFINITY);
    await eventually(() => {
      assert.deepEqual(textsOf(meter, 'value'), ['−∞', '−∞']);
      assert.match(bars(meter)[0].ariaValueText ?? '', /^peak silence, RMS silence$/);
    });
  });

  it('reports clipped samples by a state, a badge and words, until it is reset', async () => {
    // Half a second of silence, and in the left channel now and then five samples at full scale.
    const left = new Float32Array(2400);
    left.fill(1, 1000, 1005);
    const meter = placeMeter('');
    meter.srcObject = new MediaStream([writtenTrack([left, new Float32Array(2400)])]);
    await levelsWhere(meter, ({ channels: [first] }) => first.clips > 0);
    assert.isTrue(meter.matches(':state(clipped)'));
    assert.equal(meter.levels?.channels[1]?.clips, 0);
    await eventually(() => {
      const badges = [...(meter.shadowRoot?.querySelectorAll<HTMLElement>('[part=clip]') ?? [])];
      assert.deepEqual(
        badges.map(({ hidden }) => hidden),
        [false, true],
      );
      assert.match(bars(meter)[0].ariaValueText ?? '', /clipped (once|\d+ times)$/);
    });
    meter.srcObject = new MediaStream([writtenTrack([new Float32Array(480), new Float32Array(480)])]);
    await levelsWhere(meter, ({ channels: [first] }) => first.clips === 0);
    assert.isFalse(meter.matches(':state(clipped)'));
  });

  it('starts again with reset(), its button and its command', async function () {
    const meter = placeMeter('<tone-source level="-3"></tone-source>', 'id="meter"');
    const tone = meter.querySelector('tone-source') as HTMLElementTagNameMap['tone-source'];
    await levelsWhere(meter, ({ channels }) => channels[0].maxPeak > -4);
    tone.level = -40;
    const ways: (() => void)[] = [
      () => meter.reset(),
      () => meter.shadowRoot?.querySelector<HTMLElement>('[part=reset]')?.click(),
    ];
    if (hasCommands) {
      const button = place<HTMLButtonElement>('<button commandfor="meter" command="--reset">Reset</button>');
      ways.push(() => button.click());
    }
    await levelsWhere(meter, ({ channels }) => channels[0].peak < -39);
    for (const way of ways) {
      const { duration } = await levelsWhere(meter, (levels) => levels.duration > 0.3);
      way();
      assert.isNull(meter.levels);
      const levels = await levelsWhere(meter, () => true);
      assert.isBelow(levels.duration, duration);
      assert.isBelow(levels.channels[0].maxPeak, -39);
    }
    if (!hasCommands) skip(this, noCommands);
  });

  it('fires level events with what `levels` has', async () => {
    const meter = placeMeter('<tone-source></tone-source>');
    const times: number[] = [];
    meter.addEventListener('level', ({ levels }: LevelEvent) => {
      assert.equal(levels, meter.levels);
      times.push(levels.duration);
    });
    await waitFor(() => times.length >= 10, 'ten readings');
    // Twenty for each second of audio.
    for (const [index, time] of times.slice(1, 10).entries()) assert.closeTo(time - times[index], 0.05, 0.001);
  });

  it('is a meter for each bar, with its range, its value and words', async () => {
    const meter = placeMeter('<tone-source level="-18" frequency="997"></tone-source>');
    await eventually(() => {
      const [left, right] = bars(meter);
      assert.deepEqual([left.ariaLabel, right.ariaLabel], ['Left', 'Right']);
      assert.deepEqual([left.ariaValueMin, left.ariaValueMax], ['-60', '0']);
      assert.closeTo(Number(left.ariaValueNow), -18, 0.1);
      assert.match(left.ariaValueText ?? '', /^peak minus 18\.0 dBFS, RMS minus 1[78]\.\d dBFS$/);
    });
    meter.scale = 'LUFS';
    await eventually(() => {
      assert.deepEqual(
        bars(meter).map(({ ariaLabel }) => ariaLabel),
        ['Momentary loudness', 'Short-term loudness', 'Integrated loudness'],
      );
      assert.deepEqual([bars(meter)[0].ariaValueMin, bars(meter)[0].ariaValueMax], ['-59', '-5']);
      assert.match(bars(meter)[0].ariaValueText ?? '', /^minus 1[78]\.\d LUFS$/);
    });
  });

  it('has the bars at the place of the level, in both directions of reading and upright', async () => {
    const meter = placeMeter('<tone-source level="-20" frequency="997"></tone-source>', 'style="width: 500px"');
    const [bar] = await waitFor(() => bars(meter).length > 0 && bars(meter), 'the bars');
    /** The part of the bar that the cover leaves free: at its left, at its right, at its bottom. */
    const free = () => {
      const [outer, cover] = [bars(meter)[0], bars(meter)[0].querySelector('.cover')].map(
        (element) => element?.getBoundingClientRect() ?? new DOMRect(),
      );
      return {
        left: (cover.left - outer.left) / outer.width,
        right: (outer.right - cover.right) / outer.width,
        bottom: (outer.bottom - cover.bottom) / outer.height,
      };
    };
    // −20 dBFS is at 49 % of the scale.
    await eventually(() => assert.closeTo(free().left, 0.49, 0.01));
    assert.isTrue(bar.isConnected);
    meter.dir = 'rtl';
    await eventually(() => assert.closeTo(free().right, 0.49, 0.01));
    meter.orientation = 'vertical';
    await eventually(() => assert.closeTo(free().bottom, 0.49, 0.01));
  });

  it('says how things are without a track, and after its end', async () => {
    const meter = placeMeter('');
    await meter.updateComplete;
    assert.equal(meter.state, 'idle');
    assert.deepEqual(textsOf(meter, 'message'), ['No audio track yet.']);
    const tone = document.createElement('tone-source');
    meter.append(tone);
    await levelsWhere(meter, ({ channels }) => channels[0].peak > -19);
    assert.equal(meter.state, 'measuring');
    await eventually(() => assert.deepEqual(textsOf(meter, 'message'), []));
    tone.stop();
    await waitFor(() => meter.state === 'ended', 'the end');
    await eventually(() => {
      assert.deepEqual(textsOf(meter, 'message'), ['The track has ended.']);
      assert.equal(bars(meter)[0].ariaValueNow, '-60.0');
    });
    // The measurement stays.
    assert.isAbove(meter.levels?.channels[0]?.maxPeak ?? Number.NaN, -18.1);
  });

  it('has marks beside an upright scale that do not overlap, however low it is', async () => {
    for (const scale of ['dBFS', 'LUFS']) {
      for (const height of [100, 180, 400]) {
        const meter = placeMeter('', `compact orientation="vertical" scale="${scale}" style="height: ${height}px"`);
        await meter.updateComplete;
        const marks = [...(meter.shadowRoot?.querySelectorAll('.mark') ?? [])]
          .map((mark) => mark.getBoundingClientRect())
          .filter((box) => box.height > 0);
        assert.isAtLeast(marks.length, 3);
        // From the lowest mark to the highest.
        for (const [i, { bottom }] of marks.entries()) {
          if (i > 0) assert.isAtMost(bottom, marks[i - 1]?.top ?? 0, `${scale}, ${height} px, mark ${i}`);
        }
      }
    }
  });

  it('has a width of its own in a container that takes the width of its content', async () => {
    for (const [attributes, least] of [
      ['', 300],
      ['orientation="vertical"', 300],
      ['compact', 128],
    ] as const) {
      const box = place(`<div style="display: inline-block"><level-meter ${attributes}></level-meter></div>`);
      await (box.firstElementChild as Meter).updateComplete;
      assert.isAtLeast(box.clientWidth, least, attributes);
      box.style.width = '220px';
      assert.equal(box.firstElementChild?.getBoundingClientRect().width, 220);
    }
  });

  it('ignores video, and measures while it is hidden', async () => {
    const meter = placeMeter('<pattern-source width="64" height="36"></pattern-source>', 'hidden');
    const pattern = meter.querySelector('pattern-source') as HTMLElementTagNameMap['pattern-source'];
    await pattern.ready;
    await sleep(50);
    assert.equal(meter.state, 'idle');
    assert.isEmpty(meter.tracks);
    meter.append(document.createElement('tone-source'));
    await levelsWhere(meter, ({ channels }) => channels[0].peak > -19);
    assert.deepEqual(
      meter.tracks.map(({ kind }) => kind),
      ['audio'],
    );
  });

  it('warns if there is only a video track', async () => {
    const pattern = '<pattern-source width="64" height="36"></pattern-source>';
    const both = placeMeter(`${pattern}<tone-source></tone-source>`);
    const warnings: string[] = [];
    both.addEventListener('warning', ({ message }) => warnings.push(message));
    await levelsWhere(both, ({ channels }) => channels[0].peak > -19);
    const warned = nextEvent<ErrorEvent>(placeMeter(pattern), 'warning');
    const sentence = 'A <level-meter> needs an audio track, and there is only a video track.';
    assert.equal((await warned).message, sentence);
    assert.notInclude(warnings, sentence);
  });

  it('frees its worker when it is removed, and measures again when it is put back', async () => {
    // The worker of the tests before ends when their elements do: 250 ms after they were removed.
    await sleep(400);
    const count = countWorkers();
    onCleanup(() => count.stop());
    const track = writtenTrack([new Float32Array(480).fill(0.5)]);
    const meter = placeMeter('');
    meter.srcObject = new MediaStream([track]);
    await levelsWhere(meter, ({ channels }) => channels[0].peak > -7);
    const withMeter = count.running;
    const parent = meter.parentElement as HTMLElement;
    meter.remove();
    await waitFor(() => count.running === withMeter - 1, 'the end of the worker');
    assert.equal(meter.state, 'idle');
    assert.equal(track.readyState, 'live');
    parent.append(meter);
    const event = await nextEvent<LevelEvent>(meter, 'level');
    assert.isBelow(event.levels.duration, 1);
  });

  it('reports a wrong value by an error, and uses the default', async () => {
    const meter = placeMeter('');
    for (const [name, value, sentence] of [
      ['scale', 'VU', 'scale is "VU"; it must be one of dBFS, LUFS.'],
      ['orientation', 'diagonal', 'orientation is "diagonal"; it must be one of horizontal, vertical.'],
      ['peak-hold', '-1', 'peakHold is -1; it must be a number from 0 to 3600 s.'],
    ]) {
      const told = nextEvent<ErrorEvent>(meter, 'error');
      meter.addEventListener('error', (event) => event.preventDefault(), { once: true });
      meter.setAttribute(name, value);
      assert.equal((await told).message, sentence);
      meter.removeAttribute(name);
      await meter.updateComplete;
    }
    assert.lengthOf(bars(meter), 2);
  });
});
