import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import 'track-elements/define/all';
import { eventually, only } from './checks.js';
import { type Args, argsOf, controlsOf } from './element-controls.js';
import { commandButtons, errorPlace, videoPlayer } from './players.js';
import { showErrors } from './show-errors.js';

const controls = controlsOf('virtual-camera');

/** An application that does not know that devices may be virtual: a button that opens the camera, and a video that shows it. */
const application = (id: string) => html`
  ${videoPlayer(`video-${id}`, 'The picture of the application', html`<span id="facts-${id}" role="status"></span>`)}
  <div class="buttons application">
    <button type="button" @click=${() => open(id)}>Open the camera</button>
  </div>
`;

async function open(id: string): Promise<void> {
  const facts = document.getElementById(`facts-${id}`) as HTMLElement;
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 } });
    (document.getElementById(`video-${id}`) as HTMLVideoElement).srcObject = stream;
    const [track] = stream.getVideoTracks();
    const { width, height } = track?.getSettings() ?? {};
    facts.textContent = `${track?.label}, ${width} × ${height}`;
    track?.addEventListener('ended', () => {
      facts.textContent = 'The track has ended.';
    });
  } catch (error) {
    facts.textContent = `${(error as Error).name}: ${(error as Error).message}`;
  }
}

const camera = (given: Args, id: string) => html`
  ${errorPlace}
  <virtual-camera ${argsOf(controls, { ...given, id: `camera-${id}` })} ${showErrors()}>
    <pattern-source pattern="card" mark></pattern-source>
  </virtual-camera>
  ${application(id)} ${commandButtons(`camera-${id}`, ['--unplug', '--plug', '--mute', '--unmute'])}
`;

/**
 * `<virtual-camera>` is a camera that the page's own `getUserMedia()` knows, with the sources inside as its picture. Each
 * request gets its own track, with the size that it asks for.
 */
const meta: Meta = {
  title: 'Elements/Virtual devices',
  ...controls,
  args: { ...controls.args, mode: 'replace', label: 'Front camera' },
  render: (given, { id }) => camera(given, id),
};

export default meta;
type Story = StoryObj;

/** Opens the camera, and waits until the page says what it got. */
async function openCamera(canvasElement: HTMLElement): Promise<HTMLElement> {
  const element = only(canvasElement, 'virtual-camera');
  await eventually(() => expect(element.device.plugged).toBe(true));
  const facts = canvasElement.querySelector('[role=status]') as HTMLElement;
  await eventually(() => {
    if (!facts.textContent) canvasElement.querySelector<HTMLButtonElement>('.application button')?.click();
    expect(facts.textContent).not.toBe('');
  });
  return facts;
}

/** Try every attribute. */
export const Playground: Story = {
  play: async ({ canvasElement }) => {
    const facts = await openCamera(canvasElement);
    await eventually(() => expect(facts.textContent).toBe('Front camera, 640 × 360'));
  },
};

/** A camera that another program uses: the request is rejected, as with a real camera. */
export const Busy: Story = {
  args: { fault: 'busy' },
  play: async ({ canvasElement }) => {
    const facts = await openCamera(canvasElement);
    await eventually(() => expect(facts.textContent).toMatch(/^NotReadableError/));
  },
};
