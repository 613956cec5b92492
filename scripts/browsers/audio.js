/** An audio device for browsers on machines without one: PulseAudio with a null sink, on a private socket. */
import { rmSync } from 'node:fs';
import { access, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../process.js';
import { retry } from '../retry.js';
import { programNamed } from './program.js';

/** Starts PulseAudio. Resolves to the environment variables with which a browser uses it. */
export async function startAudio() {
  if (process.platform !== 'linux') return {};
  if (!(await programNamed('pulseaudio'))) {
    console.warn('pulseaudio is not installed: audio runs in Firefox only if this machine has an audio device.');
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
  const { child } = start('pulseaudio', args.flat(), { env: { HOME: folder, XDG_RUNTIME_DIR: folder } });
  // It ends with this process, and does not keep it from ending.
  child.unref();
  await retry(() => access(socket), 'PulseAudio');
  return { PULSE_SERVER: `unix:${socket}` };
}
