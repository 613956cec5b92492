/** `npm run sfu`: a media server on this machine, for publishing and playing. */
import { MediaServer } from './media-server.js';

const port = Number(process.env.PORT || 8189);
const everywhere = process.env.MEDIA === 'everywhere';
const origin = await new MediaServer({ everywhere }).listen(port);
console.log(`A WHIP and WHEP server for this machine. You can use any name in place of "live":

  <whip-publisher endpoint="${origin}/live/whip"> … </whip-publisher>
  <whep-player endpoint="${origin}/live/whep" for="screen"></whep-player>

or, without elements:

  await new WhipClient({ endpoint: '${origin}/live/whip' }).start(tracks);
  await new WhepClient({ endpoint: '${origin}/live/whep' }).start();

Firefox sends no media by the loopback interface. For Firefox, MEDIA=everywhere npm run sfu also accepts media at the
other addresses of this machine (HTTP requests stay on the loopback interface).

Press Ctrl+C to stop it.`);
