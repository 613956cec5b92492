/** What gets lost between publishing and playing, through the server of test/servers. */
import { MediaServer } from '../../test/servers/media-server.js';
import { withPage } from '../browser.js';

export const publish = {
  name: 'publish',
  title: 'A minute of 720p30 with a tone, published by WHIP and played by WHEP: what is lost beyond the first second',

  async run({ url, quick, table }) {
    const seconds = quick ? 8 : 60;
    const server = new MediaServer();
    const origin = await server.listen();
    try {
      const arrived = await withPage(url, ({ call }) => call('publish', 'through', origin, seconds));
      table.note('as received', arrived);
      table.add('publish: height of the pictures sent', { value: arrived.height, least: 720 });
      table.add('publish: pictures skipped by the source, which was late', { value: arrived.skipped });
      table.add('publish: pictures lost on the way, by their numbers', {
        value: arrived.missing - arrived.skipped,
        most: 0,
      });
      table.add('publish: pictures twice or out of order', { value: arrived.disordered, most: 0 });
      table.add('publish: frames dropped, by getStats', { value: arrived.dropped, most: 0 });
      table.add('publish: packets lost', { value: arrived.packetsLost, most: 0 });
      table.add('publish: pictures a second', { value: arrived.pictures / seconds, least: 29.5 });
    } finally {
      server.close();
    }
  },
};
