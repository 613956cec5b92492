/** An audio device for browsers on machines without one: PulseAudio with nothing behind it, on a socket of its own. */
import { rmSync } from 'node:fs';
import { access, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../process.js';
import { until } from '../until.js';
import { programNamed } from './program.js';

/** Starts it. Resolves to the environment that leads a browser there. */
export async function startAudio() {
  if (process.platform !== 'linux') return {};
  if (!(await programNamed('pulseaudio'))) {
    console.warn('There is no pulseaudio: audio will not run in Firefox unless this machine has a sound device.');
    return {};
  }
  const folder = await mkdtemp(join(tmpdir(), 'track-elements-audio-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const socket = join(folder, 'socket');
  const args = [
    ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no'],
    ['--load=module-null-sink sink_name=null rate=48000'],
    [`--load=module-native-protocol-unix socket=${socket} auth-anonymous=1`],
  ];
  start('pulseaudio', args.flat(), { env: { HOME: folder, XDG_RUNTIME_DIR: folder } });
  await until(() => access(socket), 'PulseAudio');
  return { PULSE_SERVER: `unix:${socket}` };
}
