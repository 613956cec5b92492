/** A TURN server as a child process: Debian's coturn, which relays by the loopback interface alone. */
import { freePort, listening } from '../../scripts/free-port.js';
import { start } from '../../scripts/process.js';
import { TURN_SECRET } from './turn-link.js';

process.on('disconnect', () => process.exit());
const port = await freePort();
const { child } = start(
  'turnserver',
  [
    // No configuration of the package, which is for a server of the whole machine.
    ...['-n', '--no-cli', '--no-tls', '--no-dtls', '--pidfile', '/dev/null', '--log-file', 'stdout'],
    ...['--listening-ip', '127.0.0.1', '--listening-port', String(port), '--relay-ip', '127.0.0.1'],
    '--allow-loopback-peers',
    ...['--realm', 'media.example', '--use-auth-secret', '--static-auth-secret', TURN_SECRET],
  ],
  { stdio: 'inherit' },
);
child.once('exit', () => process.exit(1));
await listening(port);
process.send({ address: `127.0.0.1:${port}` });
