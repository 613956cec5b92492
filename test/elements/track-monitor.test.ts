/* <track-monitor>: the picture, the facts beside it, and what its buttons do. */
import 'track-elements/define/all';
import type { MonitorEventMap, TrackMonitorElement } from 'track-elements';
import { onCleanup } from '../support/cleanup.js';
import { click, place } from '../support/page.js';
import { skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { eventually, nextEvent, waitFor } from '../support/waiting.js';

const red = '<pattern-source pattern="solid" color="red" width="64" height="36"></pattern-source>';

const placeMonitor = (attributes = '', inside = red) =>
  place<TrackMonitorElement>(`<track-monitor ${attributes}>${inside}</track-monitor>`);

const partOf = (monitor: TrackMonitorElement, part: string) =>
  monitor.shadowRoot?.querySelector<HTMLElement>(`[part~="${part}"]`) ?? null;

const textOf = (monitor: TrackMonitorElement, part: string) => partOf(monitor, part)?.textContent?.trim() ?? '';

const videoOf = (monitor: TrackMonitorElement) => partOf(monitor, 'video') as HTMLVideoElement;

/** A monitor that shows a picture. */
async function shownMonitor(attributes?: string, inside?: string): Promise<TrackMonitorElement> {
  const monitor = placeMonitor(attributes, inside);
  await waitFor(() => textOf(monitor, 'badge-size'), 'the picture');
  return monitor;
}

async function press(monitor: TrackMonitorElement, name: string): Promise<void> {
  await click(partOf(monitor, `button-${name}`) as HTMLElement);
  await monitor.updateComplete;
}

const isPressed = (monitor: TrackMonitorElement, name: string) =>
  partOf(monitor, `button-${name}`)?.getAttribute('aria-pressed');

/** The colours of a PNG in its middle and in its upper left corner, and its size. */
async function contentOf(blob: Blob): Promise<Record<'color' | 'corner' | 'size', readonly number[]>> {
  const bitmap = await createImageBitmap(blob);
  const { width, height } = bitmap;
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const colorAt = (x: number, y: number) => [...(context?.getImageData(x, y, 1, 1).data ?? [])];
  return { color: colorAt(width / 2, height / 2), corner: colorAt(0, 0), size: [width, height] };
}

function assertColor(actual: readonly number[], expected: readonly number[], what: string): void {
  for (const [channel, level] of expected.entries()) {
    assert.closeTo(actual[channel] as number, level, 8, `${what}, channel ${channel}`);
  }
}

const [RED, BLUE, BLACK] = [
  [255, 0, 0, 255],
  [0, 0, 255, 255],
  [0, 0, 0, 255],
] as const;

describe('A track-monitor', () => {
  it('shows the picture of the source inside, muted, with its size, state, rate and backend', async () => {
    const monitor = await shownMonitor('label="Camera 1"');
    assert.equal(monitor.state, 'measuring');
    assert.equal(textOf(monitor, 'label'), 'Camera 1');
    assert.equal(textOf(monitor, 'badge-size'), '64×36');
    await eventually(() => assert.equal(textOf(monitor, 'badge-state'), 'Live'));
    const { backend } = monitor.querySelector('pattern-source') as HTMLElementTagNameMap['pattern-source'];
    assert.equal(textOf(monitor, 'badge-backend'), backend);
    await eventually(() => assert.match(textOf(monitor, 'badge-rate'), /^[1-9]\d? fps$/));
    assert.isTrue(videoOf(monitor).muted);
    assert.deepEqual([videoOf(monitor).videoWidth, videoOf(monitor).videoHeight], [64, 36]);
  });

  it('without a track says how to fill it, with its own id', async () => {
    const monitor = placeMonitor('id="screen-1"', '');
    await monitor.updateComplete;
    assert.equal(monitor.state, 'idle');
    assert.equal(textOf(monitor, 'badge-state'), 'No track');
    assert.match(textOf(monitor, 'empty'), /for="screen-1"/);
    assert.isNull(partOf(monitor, 'button-snapshot'));
  });

  it('says when the track has ended', async () => {
    const monitor = await shownMonitor();
    monitor.querySelector('pattern-source')?.stop();
    await eventually(() => assert.equal(textOf(monitor, 'badge-state'), 'Ended'));
    assert.equal(monitor.state, 'ended');
    assert.match(textOf(monitor, 'empty'), /has ended/);
  });

  it('takes the tracks of a stream', async () => {
    const source = place<HTMLElementTagNameMap['pattern-source']>(red);
    const monitor = placeMonitor('', '');
    await source.ready;
    monitor.srcObject = source.stream;
    await eventually(() => assert.equal(textOf(monitor, 'badge-size'), '64×36'));
    assert.isNull(partOf(monitor, 'badge-backend'));
  });

  it('has the meters of the audio beside the picture, which they do not outgrow', async () => {
    const monitor = await shownMonitor('style="inline-size: 480px"', `${red}<tone-source></tone-source>`);
    const meter = await waitFor(() => partOf(monitor, 'meter')?.querySelector('level-meter'), 'the meters');
    await waitFor(() => meter.shadowRoot?.querySelectorAll('[role=meter]').length === 2, 'two bars');
    const [stage, bars] = [partOf(monitor, 'stage'), meter].map((element) => element?.getBoundingClientRect());
    assert.isAtMost(bars?.height ?? 0, stage?.height ?? 0);
    assert.isAtMost(bars?.width ?? 0, 120);
    assert.closeTo(stage?.height ?? 0, 270, 60);
  });

  it('has the trace and the meters of audio alone', async () => {
    const monitor = placeMonitor('', '<tone-source></tone-source>');
    await waitFor(() => partOf(monitor, 'trace')?.querySelector('signal-scope'), 'the trace');
    await waitFor(() => partOf(monitor, 'meter')?.querySelector('level-meter'), 'the meters');
    assert.isNull(partOf(monitor, 'button-snapshot'));
  });

  it('has a width of its own in a container that takes the width of its content', () => {
    const box = place('<div style="display: inline-block"><track-monitor></track-monitor></div>');
    assert.equal(box.clientWidth, Math.min(480, innerWidth - 36) + 2);
    box.style.width = '200px';
    assert.equal(box.firstElementChild?.getBoundingClientRect().width, 200);
  });

  it('frees the tracks when it is removed, and shows them again when it is put back', async () => {
    const monitor = await shownMonitor();
    const { parentElement: parent } = monitor;
    monitor.remove();
    await waitFor(() => monitor.state === 'idle', 'the end');
    assert.isNull(videoOf(monitor)?.srcObject ?? null);
    parent?.append(monitor);
    await waitFor(() => textOf(monitor, 'badge-size') === '64×36', 'the picture');
  });
});

describe('The buttons of a track-monitor', () => {
  it('make the audio heard', async () => {
    const monitor = await shownMonitor('', `${red}<tone-source level="-60"></tone-source>`);
    // The meters take their place.
    await waitFor(() => partOf(monitor, 'meter')?.querySelector('level-meter'), 'the meters');
    await waitFor(() => partOf(monitor, 'button-audio'), 'the button');
    await press(monitor, 'audio');
    assert.isFalse(videoOf(monitor).muted);
    assert.isTrue(monitor.hasAttribute('audible'));
    assert.equal(isPressed(monitor, 'audio'), 'true');
    await press(monitor, 'audio');
    assert.isTrue(videoOf(monitor).muted);
  });

  it('show the guides, and hide them', async () => {
    const monitor = await shownMonitor();
    assert.isNull(partOf(monitor, 'guides'));
    await press(monitor, 'guides');
    assert.deepEqual(monitor.guides, ['safe-areas', 'center']);
    assert.isNotNull(partOf(monitor, 'guides'));
    await press(monitor, 'guides');
    assert.isNull(partOf(monitor, 'guides'));
  });

  it('show each pixel of the picture as one of the screen', async () => {
    const monitor = await shownMonitor();
    await press(monitor, 'fit');
    assert.equal(monitor.fit, 'actual-size');
    const { width, height } = videoOf(monitor).getBoundingClientRect();
    assert.closeTo(width * devicePixelRatio, 64, 0.5);
    assert.closeTo(height * devicePixelRatio, 36, 0.5);
  });

  it('show each pixel of the picture as one of the screen after the page was zoomed', async () => {
    const monitor = await shownMonitor('fit="actual-size"');
    await eventually(() => assert.equal(videoOf(monitor).style.width, `${64 / devicePixelRatio}px`));
    const zoomed = 2 * devicePixelRatio;
    const own = Object.getOwnPropertyDescriptor(window, 'devicePixelRatio') as PropertyDescriptor;
    Object.defineProperty(window, 'devicePixelRatio', { value: zoomed, configurable: true });
    onCleanup(() => void Object.defineProperty(window, 'devicePixelRatio', own));
    dispatchEvent(new Event('resize'));
    await monitor.updateComplete;
    assert.equal(videoOf(monitor).style.width, `${64 / zoomed}px`);
  });

  it('make a snapshot in the size and the colour of the picture', async () => {
    const monitor = await shownMonitor('label="A/B"');
    monitor.addEventListener('snapshot', (event) => event.preventDefault());
    const made = nextEvent<MonitorEventMap['snapshot']>(monitor, 'snapshot');
    await press(monitor, 'snapshot');
    const { blob, filename } = await made;
    assert.equal(blob.type, 'image/png');
    assert.match(filename, /^A-B \d{4}-\d\d-\d\dT.*\.png$/);
    const { color, size } = await contentOf(blob);
    assert.deepEqual(size, [64, 36]);
    assertColor(color, RED, 'the middle');
  });

  it('make a snapshot of a picture with a transparent corner as it is shown: before the black of the monitor', async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    const stream = canvas.captureStream();
    const draw = () => {
      context.clearRect(0, 0, 64, 36);
      context.fillStyle = 'red';
      context.fillRect(16, 0, 48, 36);
    };
    draw();
    const timer = setInterval(draw, 50);
    onCleanup(() => clearInterval(timer));
    const monitor = placeMonitor('', '');
    monitor.srcObject = stream;
    await waitFor(() => textOf(monitor, 'badge-size'), 'the picture');
    const { color, corner } = await contentOf(await monitor.snapshot());
    assertColor(color, RED, 'the middle');
    assertColor(corner, BLACK, 'the corner');
  });

  it('make a snapshot of the picture that was chosen last, from A to B and back to A', async () => {
    const [a, b] = await Promise.all(
      ['red', 'blue'].map((color) => {
        const source = place<HTMLElementTagNameMap['pattern-source']>(
          `<pattern-source pattern="solid" color="${color}" width="64" height="36"></pattern-source>`,
        );
        return source.ready.then((track) => new MediaStream([track]));
      }),
    );
    const monitor = placeMonitor('', '');
    const shown = async () => (await contentOf(await monitor.snapshot())).color;
    monitor.srcObject = a;
    await waitFor(() => textOf(monitor, 'badge-size'), 'the picture');
    assertColor(await shown(), RED, 'A');
    monitor.srcObject = b;
    await monitor.updateComplete;
    assertColor(await shown(), BLUE, 'B');
    monitor.srcObject = a;
    await monitor.updateComplete;
    assertColor(await shown(), RED, 'A again');
    // Within one task.
    monitor.srcObject = b;
    monitor.srcObject = a;
    await monitor.updateComplete;
    assertColor(await shown(), RED, 'A after B in one task');
    assert.deepEqual(monitor.tracks, a.getTracks());
  });

  it('put the picture into a window of its own, and back', async function () {
    if (!document.pictureInPictureEnabled) skip(this, 'this browser has no picture in picture for scripts');
    const monitor = await shownMonitor();
    assert.equal(isPressed(monitor, 'picture-in-picture'), 'false');
    const entered = nextEvent(videoOf(monitor), 'enterpictureinpicture');
    await press(monitor, 'picture-in-picture');
    await entered;
    await eventually(() => assert.equal(isPressed(monitor, 'picture-in-picture'), 'true'));
    await press(monitor, 'picture-in-picture');
    await eventually(() => assert.equal(isPressed(monitor, 'picture-in-picture'), 'false'));
    assert.isNull(document.pictureInPictureElement);
  });

  it('fill the screen, and give it back', async function () {
    const monitor = await shownMonitor();
    const denied = nextEvent<ErrorEvent>(monitor, 'error').then(
      ({ message }) => message,
      () => '',
    );
    await press(monitor, 'fullscreen');
    const filled = eventually(() => assert.equal(isPressed(monitor, 'fullscreen'), 'true'));
    if (await Promise.race([denied, filled])) skip(this, 'this driver’s clicks do not let a page fill the screen');
    assert.equal(document.fullscreenElement, monitor);
    await press(monitor, 'fullscreen');
    await eventually(() => assert.equal(isPressed(monitor, 'fullscreen'), 'false'));
    assert.isNull(document.fullscreenElement);
  });

  it('are reached by the keyboard, and have names', async () => {
    const monitor = await shownMonitor();
    const buttons = [...(monitor.shadowRoot?.querySelectorAll('button') ?? [])];
    assert.isAtLeast(buttons.length, 4);
    for (const button of buttons) {
      assert.isAtLeast(button.tabIndex, 0);
      assert.match(button.textContent?.trim() ?? '', /^[A-Z]/);
    }
    buttons[0]?.focus();
    assert.equal(monitor.shadowRoot?.activeElement, buttons[0] as HTMLElement);
  });
});

describe('The guides of a track-monitor', () => {
  it('are the safe areas of EBU R 95 in a picture of 1920x1080, and the lines of the thirds', async () => {
    const monitor = await shownMonitor(
      'guides="safe-areas thirds"',
      '<pattern-source width="1920" height="1080" frame-rate="5"></pattern-source>',
    );
    const path = partOf(monitor, 'guides')?.querySelector('path')?.getAttribute('d') ?? '';
    const numbers = [...path.matchAll(/-?\d+(\.\d+)?/g)].map(([text]) => Math.round(Number(text) * 10) / 10);
    // Action safe: 3.5 % from each edge; graphics safe: 5 %.
    assert.deepEqual(numbers.slice(0, 5), [67.2, 37.8, 1785.6, 1004.4, -1785.6]);
    assert.deepEqual(numbers.slice(5, 10), [96, 54, 1728, 972, -1728]);
    assert.deepEqual(numbers.slice(10), [640, 0, 1080, 0, 360, 1920, 1280, 0, 1080, 0, 720, 1920]);
  });

  it('that do not exist are an error, and the others are shown', async () => {
    const monitor = placeMonitor('guides="center middle"');
    const { message } = await nextEvent<ErrorEvent>(monitor, 'error');
    assert.match(message, /^guides is "middle"; it must be one of safe-areas, center, thirds\./);
    await waitFor(() => partOf(monitor, 'guides'), 'the guides');
  });
});

describe('snapshot()', () => {
  it('rejects while there is no picture', async () => {
    const monitor = placeMonitor('', '');
    const error = await monitor.snapshot().then(
      () => null,
      (reason: DOMException) => reason,
    );
    assert.equal(error?.name, 'InvalidStateError');
  });
});
