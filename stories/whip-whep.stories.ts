import type { Meta, StoryContext, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect } from 'storybook/test';
import 'track-elements/define/all';
import { attributes } from './attributes.js';
import { complaints } from './complaints.js';
import { controlsOf } from './controls.js';
import { plain } from './figures.js';
import { findMediaServer, noMediaServer } from './media-server.js';
import { colorAt, eventually, only, screen } from './screen.js';

const { args, argTypes } = controlsOf('whip-publisher', {
  degradation: ['', 'balanced', 'maintain-framerate', 'maintain-resolution'],
});

type Args = Readonly<Record<string, unknown>>;

interface Endpoints {
  readonly publish: string;
  readonly play: string;
}

/** Each story has a path of its own: one at a time may publish at a path. */
function endpointsOf({ id, loaded }: Pick<StoryContext, 'id' | 'loaded'>): Endpoints | null {
  const path = loaded.mediaServer && `${loaded.mediaServer}/${id}`;
  return path ? { publish: `${path}/whip`, play: `${path}/whep` } : null;
}

/** What a story shows where there is a server, and otherwise how to get one. */
const withServer =
  (show: (given: Args, endpoints: Endpoints, id: string) => TemplateResult) => (given: Args, context: StoryContext) => {
    const endpoints = endpointsOf(context);
    return endpoints ? show(given, endpoints, context.id) : noMediaServer;
  };

/** A play function for where there is a server. */
const ifServer = (play: (canvas: HTMLElement) => Promise<void>) => async (context: StoryContext) => {
  if (endpointsOf(context)) await play(context.canvasElement);
};

/** A publisher with sources inside, a player, and the `<video>` that it is for. */
const publishing = (given: Args, { publish, play }: Endpoints, id: string, sources: unknown = plain('red')) => html`
  ${screen(`screen-${id}`, 'What the server sends')}
  <p class="complaint" role="alert"></p>
  <whip-publisher
    ${attributes({ ...given, id: `publisher-${id}`, endpoint: publish }, args)}
    @error=${complaints.error}
    @statechange=${complaints.statechange}
  >
    ${sources}
  </whip-publisher>
  <whep-player id="player-${id}" for="screen-${id}" endpoint=${play}></whep-player>
`;

/** Waits until what is published has come back. */
const cameBack = (canvas: HTMLElement) =>
  eventually(() => {
    const [red, green, blue] = colorAt(only(canvas, 'video'), 0.5, 0.5);
    expect(red).toBeGreaterThan(230);
    expect(Math.max(green, blue)).toBeLessThan(25);
  });

/**
 * `<whip-publisher>` sends tracks to a media server by WHIP (RFC 9725), `<whep-player>` plays what a server sends by WHEP.
 * Here it is the server of `npm run sfu`, on this machine; any other is a matter of the endpoint's URL.
 */
const meta: Meta = {
  title: 'Elements/WHIP publisher and WHEP player',
  component: 'whip-publisher',
  subcomponents: { 'whep-player': 'whep-player' },
  args,
  argTypes: { ...argTypes, endpoint: { table: { disable: true } } },
  loaders: [async () => ({ mediaServer: await findMediaServer() })],
  render: withServer(publishing),
};

export default meta;
type Story = StoryObj;

export const Playground: Story = {
  args: { 'max-bitrate': 1_000_000 },
  render: withServer((given, endpoints, id) =>
    publishing(
      given,
      endpoints,
      id,
      html`
        <pattern-source pattern="ball" width="640" height="360" timecode></pattern-source>
        <tone-source></tone-source>
      `,
    ),
  ),
  play: ifServer(async (canvas) => {
    await eventually(() => expect(only(canvas, 'whip-publisher').state).toBe('live'));
    await eventually(() => expect(only(canvas, 'video').videoWidth).toBeGreaterThan(0));
  }),
};

/** The color that is published is the color that is played. */
export const Overview: Story = {
  play: ifServer(async (canvas) => {
    await cameBack(canvas);
    await expect(only(canvas, 'whip-publisher').state).toBe('live');
    await expect(only(canvas, 'whep-player').state).toBe('live');
  }),
};

/**
 * Both have an **endpoint**, and a **token**, which is a property only: no attribute, error or log has it. The publisher's
 * **slot** is for sources, which may also name it with `for`. The player has **`track`**, **`tracks`** and **`stream`**, and
 * sinks by its own `for`.
 */
export const Anatomy: Story = {
  play: ifServer(async (canvas) => {
    const player = only(canvas, 'whep-player');
    await cameBack(canvas);
    await expect(player.track?.kind).toBe('video');
    await expect(player.stream.getTracks()).toContain(player.track);
    await expect(only(canvas, 'whip-publisher')).not.toHaveAttribute('token');
  }),
};

/** As to the loopback, less can be sent: here half the size, at most 300 kb/s, as VP8. */
export const OptionSending: Story = {
  name: 'Options: sending less',
  args: { codec: 'VP8', 'scale-down': 2, 'max-bitrate': 300_000 },
  play: ifServer(async (canvas) => {
    const video = only(canvas, 'video');
    await cameBack(canvas);
    await eventually(() => expect([video.videoWidth, video.videoHeight]).toEqual([320, 180]));
  }),
};

/** Another source takes the place of the one before: no new session, at neither end. */
export const BehaviourSameSession: Story = {
  name: 'Behaviours: the session stays',
  play: ifServer(async (canvas) => {
    const [publisher, player] = [only(canvas, 'whip-publisher'), only(canvas, 'whep-player')];
    await cameBack(canvas);
    const { peerConnection } = publisher;
    const { track } = player;
    const other = { pattern: 'solid', color: 'blue', width: 640, height: 360 };
    publisher.append(Object.assign(document.createElement('pattern-source'), other));
    await eventually(() => expect(colorAt(only(canvas, 'video'), 0.5, 0.5)[2]).toBeGreaterThan(225));
    await expect(publisher.peerConnection).toBe(peerConnection);
    await expect(player.track).toBe(track);
  }),
};

/** `--stop` ends a session and tells the server; `--start` makes another. A player waits until something is published. */
export const BehaviourCommands: Story = {
  name: 'Behaviours: commands',
  parameters: { controls: { disable: true } },
  render: withServer(
    (given, endpoints, id) => html`
      ${publishing(given, endpoints, id)}
      <div class="commands">
        <button commandfor="publisher-${id}" command="--stop">Stop publishing</button>
        <button commandfor="publisher-${id}" command="--start">Publish</button>
      </div>
    `,
  ),
  play: ifServer(async (canvas) => {
    const publisher = only(canvas, 'whip-publisher');
    const press = (command: string) => canvas.querySelector<HTMLElement>(`[command="${command}"]`)?.click();
    await cameBack(canvas);
    press('--stop');
    await eventually(() => expect(publisher.state).toBe('stopped'));
    await expect(only(canvas, 'pattern-source').track?.readyState).toBe('live');
    press('--start');
    await eventually(() => expect(publisher.state).toBe('live'));
  }),
};

/** What goes wrong for good is said by an `error` event that names the request, the status and what was expected. */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  render: withServer((given, { publish, play }, id) =>
    publishing(given, { publish: `${publish}?token=secret`, play }, id),
  ),
  play: ifServer(async (canvas) => {
    const publisher = only(canvas, 'whip-publisher');
    const complaint = canvas.querySelector('.complaint');
    await eventually(() => expect(complaint).toHaveTextContent('The server wants a token'));
    await expect(publisher.state).toBe('failed');
    publisher.token = 'secret';
    await eventually(() => expect(publisher.state).toBe('live'));
    await expect(complaint).toBeEmptyDOMElement();
    await cameBack(canvas);
  }),
};

/** Neither has a box or anything to announce. The `<video>` has to have a name, as any video does. */
export const Accessibility: Story = {
  play: ifServer(async (canvas) => {
    await cameBack(canvas);
    await expect(only(canvas, 'video')).toHaveAccessibleName('What the server sends');
    for (const name of ['whip-publisher', 'whep-player'] as const) {
      await expect(getComputedStyle(only(canvas, name)).display).toBe('none');
    }
  }),
};
