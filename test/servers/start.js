/** `npm run sfu`: a media server on this machine, to publish to and to play from. */
import { MediaServer } from './media-server.js';

const port = Number(process.env.PORT || 8189);
const origin = await new MediaServer({ everywhere: true }).listen(port);
console.log(`A WHIP and WHEP server, for this machine alone. Publish to and play from any name in place of "live":

  <whip-publisher endpoint="${origin}/live/whip"> … </whip-publisher>
  <whep-player endpoint="${origin}/live/whep" for="screen"></whep-player>

or, without elements:

  await new WhipClient({ endpoint: '${origin}/live/whip' }).start(tracks);
  await new WhepClient({ endpoint: '${origin}/live/whep' }).start();

Ctrl+C ends it.`);
