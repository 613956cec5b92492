import type { Meta, StoryContext, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect } from 'storybook/test';
import 'track-elements/define/all';
import { click, colorAt, errorOf, eventually, only, showsRed } from './checks.js';
import { type Args, argsOf, controlsOf } from './element-controls.js';
import { findMediaServer, noMediaServer } from './media-server.js';
import { ballAndTone, commandButtons, errorPlace, solidSource, videoPlayer, withoutControls } from './players.js';
import { showErrors } from './show-errors.js';

const controls = controlsOf('whip-publisher', {
  degradation: ['', 'auto', 'balanced', 'maintain-framerate', 'maintain-resolution'],
});

interface Endpoints {
  readonly publish: string;
  readonly play: string;
}

/** Each story has its own path, because a path can have one publisher only. */
function endpointsOf({ id, loaded }: Pick<StoryContext, 'id' | 'loaded'>): Endpoints | null {
  const path = loaded.mediaServer && `${loaded.mediaServer}/${id}`;
  return path ? { publish: `${path}/whip`, play: `${path}/whep` } : null;
}

/** A render function that gets the endpoints of the media server. Without a server, the story says how to start one. */
const renderWithServer =
  (show: (given: Args, endpoints: Endpoints, id: string) => TemplateResult) => (given: Args, context: StoryContext) => {
    const endpoints = endpointsOf(context);
    return endpoints ? show(given, endpoints, context.id) : noMediaServer;
  };

/** A play function that runs only with a media server. */
const playWithServer = (play: (canvas: HTMLElement) => Promise<void>) => async (context: StoryContext) => {
  if (endpointsOf(context)) await play(context.canvasElement);
};

/** A publisher with sources inside, a player, and a `<video>` that plays the received track. */
const publishing = (
  given: Args,
  { publish, play }: Endpoints,
  id: string,
  sources: unknown = solidSource('red'),
) => html`
  ${videoPlayer(`screen-${id}`, 'The track from the server')}
  ${errorPlace}
  <whip-publisher
    ${argsOf(controls, { ...given, id: `publisher-${id}`, endpoint: publish })} ${showErrors()}>
    ${sources}
  </whip-publisher>
  <whep-player id="player-${id}" for="screen-${id}" endpoint=${play}></whep-player>
`;

/** Waits until the player shows the published picture, which is red. */
const playsPublished = (canvas: HTMLElement) => showsRed(only(canvas, 'video'));

/**
 * `<whip-publisher>` sends tracks to a media server by WHIP (RFC 9725), `<whep-player>` receives tracks from one by WHEP.
 * These stories use the server of `npm run sfu` on this machine. For another server, change the `endpoint`.
 */
const meta: Meta = {
  title: 'Elements/WHIP publisher and WHEP player',
  ...controls,
  subcomponents: { 'whep-player': 'whep-player' },
  argTypes: { ...controls.argTypes, endpoint: { table: { disable: true } } },
  loaders: [async () => ({ mediaServer: await findMediaServer() })],
  render: renderWithServer(publishing),
};

export default meta;
type Story = StoryObj;

/** Try every attribute of the publisher. */
export const Playground: Story = {
  args: { 'max-bitrate': 1_000_000 },
  render: renderWithServer((given, endpoints, id) => publishing(given, endpoints, id, ballAndTone)),
  play: playWithServer(async (canvas) => {
    await eventually(() => expect(only(canvas, 'whip-publisher').state).toBe('live'));
    await eventually(() => expect(only(canvas, 'video').videoWidth).toBeGreaterThan(0));
  }),
};

/** A red picture is published and played. */
export const Overview: Story = {
  play: playWithServer(async (canvas) => {
    await playsPublished(canvas);
    await expect(only(canvas, 'whip-publisher').state).toBe('live');
    await expect(only(canvas, 'whep-player').state).toBe('live');
  }),
};

/**
 * Both have an **endpoint** and a **token**. The token is a property without an attribute, and is in no error or log. The
 * publisher's **slot** is for sources, which can also have its id in their `for`. The player has **`track`**, **`tracks`**
 * and **`stream`**, and plays them in the elements of its `for`.
 */
export const Anatomy: Story = {
  play: playWithServer(async (canvas) => {
    const player = only(canvas, 'whep-player');
    await playsPublished(canvas);
    await expect(player.track?.kind).toBe('video');
    await expect(player.stream.getTracks()).toContain(player.track);
    await expect(only(canvas, 'whip-publisher')).not.toHaveAttribute('token');
  }),
};

/** The attributes for sending are the same as those of the loopback. Here: VP8, half the size, at most 300 kb/s. */
export const OptionSending: Story = {
  name: 'Options: sending less',
  args: { codec: 'VP8', 'scale-down': 2, 'max-bitrate': 300_000 },
  play: playWithServer(async (canvas) => {
    const video = only(canvas, 'video');
    await playsPublished(canvas);
    await eventually(() => expect([video.videoWidth, video.videoHeight]).toEqual([320, 180]));
  }),
};

/** A new source replaces the previous one without a new session, on both sides. */
export const BehaviourSameSession: Story = {
  name: 'Behaviours: the session stays',
  play: playWithServer(async (canvas) => {
    const [publisher, player] = [only(canvas, 'whip-publisher'), only(canvas, 'whep-player')];
    await playsPublished(canvas);
    const { peerConnection } = publisher;
    const { track } = player;
    const other = { pattern: 'solid', color: 'blue', width: 640, height: 360 };
    publisher.append(Object.assign(document.createElement('pattern-source'), other));
    await eventually(() => expect(colorAt(only(canvas, 'video'), 0.5, 0.5)[2]).toBeGreaterThan(225));
    await expect(publisher.peerConnection).toBe(peerConnection);
    await expect(player.track).toBe(track);
  }),
};

/** `--stop` ends the session on the server; `--start` makes a new one. A player waits until a track is published. */
export const BehaviourCommands: Story = {
  name: 'Behaviours: commands',
  parameters: withoutControls,
  render: renderWithServer(
    (given, endpoints, id) => html`
      ${publishing(given, endpoints, id)}
      ${commandButtons(`publisher-${id}`, ['--stop', '--start'], { '--stop': 'Stop publishing', '--start': 'Publish' })}
    `,
  ),
  play: playWithServer(async (canvas) => {
    const publisher = only(canvas, 'whip-publisher');
    await playsPublished(canvas);
    click(canvas, '--stop');
    await eventually(() => expect(publisher.state).toBe('stopped'));
    await expect(only(canvas, 'pattern-source').track?.readyState).toBe('live');
    click(canvas, '--start');
    await eventually(() => expect(publisher.state).toBe('live'));
  }),
};

/** If another try would fail too, an `error` event names the request and the status. */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  render: renderWithServer((given, { publish, play }, id) =>
    publishing(given, { publish: `${publish}?token=secret`, play }, id),
  ),
  play: playWithServer(async (canvas) => {
    const publisher = only(canvas, 'whip-publisher');
    const error = errorOf(canvas);
    await eventually(() => expect(error).toHaveTextContent('The server wants a token'));
    await expect(publisher.state).toBe('failed');
    publisher.token = 'secret';
    await eventually(() => expect(publisher.state).toBe('live'));
    await expect(error).toBeEmptyDOMElement();
    await playsPublished(canvas);
  }),
};

/** Both have `display: none`, so assistive technology does not see them. The `<video>` needs a name, as any video does. */
export const Accessibility: Story = {
  play: playWithServer(async (canvas) => {
    await playsPublished(canvas);
    await expect(only(canvas, 'video')).toHaveAccessibleName('The track from the server');
    for (const name of ['whip-publisher', 'whep-player'] as const) {
      await expect(getComputedStyle(only(canvas, name)).display).toBe('none');
    }
  }),
};
